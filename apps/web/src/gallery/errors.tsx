/** Everything that can go wrong, in words. */
import { ConnectError, type ErrorCode } from '@polar-connect/browser'
import { AUTHORIZATION_ERRORS, PROBLEMS } from '@polar-connect/protocol'
import { problemText } from '@polar-connect/react'
import { ErrorState } from '../states/error-state.tsx'
import { ignore, stage, type Entry } from './entry.tsx'

const CODES: readonly ErrorCode[] = [
  ...AUTHORIZATION_ERRORS.map((error) => `authorization_error.${error}` as const),
  'authorization_error.unknown',
  ...(Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]).filter(
    (code) => code !== 'authorization_error',
  ),
  'missing_code',
  'callback_replayed',
  'exchange_timeout',
  'cookies_blocked',
  'insecure_context',
  'authorization_url_refused',
  'offline',
  'server_unreachable',
  'revoke_unconfirmed',
  'gone',
  'conflict',
  'validation',
  'upstream_error',
  'upstream_timeout',
  'bad_response',
  'unknown',
]

/** One for each action that an error can offer. */
const ACTIONS = stage(
  'error-actions',
  <div className="pc-gallery__errors">
    {[...new Map(CODES.map((code) => [problemText(code).action, code])).values()].map((code) => (
      <ErrorState
        key={code}
        error={new ConnectError(code, { status: 400, reference: '0abc1def' })}
        thing="order"
        onRetry={ignore}
      />
    ))}
  </div>,
)

/** The whole catalogue. */
const CATALOGUE = stage(
  'errors',
  <dl className="pc-gallery__errors">
    {CODES.map((code) => {
      const { title, text } = problemText(code, { app: 'Polar Connect', thing: 'order' })
      return (
        <div key={code}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      )
    })}
  </dl>,
)

export const ERRORS: readonly Entry[] = [ACTIONS, CATALOGUE]

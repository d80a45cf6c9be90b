/** A pause that Polar or the app's server asked for: how long it lasts, and one try when it ends. */
import { hasCode, type ConnectError } from '@polar-connect/browser'
import { problemText } from '@polar-connect/react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { isRateLimit, waitOf } from '../data/use-rate-limit.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAnnouncer } from '../parts/announcer.tsx'
import { ExplainedButton } from '../parts/explained-button.tsx'
import { useSecondsLeft } from '../parts/use-ticking.ts'

interface RateLimitedProps {
  /** The refusal: how long to wait, and what for. */
  readonly error: ConnectError
  /** When it came: milliseconds since the epoch by this computer's clock. */
  readonly at: number
  readonly onRetry: () => void
}

export function RateLimited({ error, at, onRetry }: RateLimitedProps): ReactNode {
  const messages = useMessages()
  const { say } = useAnnouncer()
  const left = useSecondsLeft(at + waitOf(error) * 1000)
  const [first] = useState(left)
  const waiting = left > 0
  const { title, text } = problemText(error, { app: messages.app, seconds: left })
  const words = `${title}. ${text}`
  useEffect(() => {
    if (left === first || left === 10 || left === 0) say(words)
  }, [left, say, first, words])
  const end = useEffectEvent(onRetry)
  useEffect(() => {
    if (!waiting) end()
  }, [waiting])
  return (
    <div className="pc-banner pc-banner--warning" role="status" aria-live="off">
      <p>{words}</p>
      <ExplainedButton reason={waiting ? messages.tryAgainLater : undefined} onClick={onRetry}>
        {messages.tryAgainNow}
      </ExplainedButton>
    </div>
  )
}

/** The refusals that say how long to wait. */
export function asksToWait(error: unknown): error is ConnectError {
  return isRateLimit(error) || hasCode(error, 'polar_unavailable')
}

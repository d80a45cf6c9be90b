/**
 * For developers: the latest sign-ins, step by step. The page exists only if the server answers, and
 * it answers developers alone.
 */
import type { SignInStep, SignInTrace } from '@polar-connect/protocol'
import { problemText, useConnect } from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'
import { useId, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { readSignIns } from '../data/diagnostics.ts'
import { formatMoment } from '../format/dates.ts'
import { useDeveloperHint } from '../messages/use-front-messages.ts'
import { useLocale } from '../messages/use-locale.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Badge, type Tone } from '../parts/badge.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { NotFoundPage } from './not-found-page.tsx'

const PARAMETER = 'ref'

const TONES: Record<SignInStep['status'], Tone> = {
  done: 'success',
  failed: 'danger',
  not_reached: 'neutral',
  not_seen: 'neutral',
}

export function SignInStepsPage(): ReactNode {
  const { signIns: words } = useMessages().diagnostics
  const connect = useConnect()
  const query = useQuery({
    queryKey: ['sign-ins'],
    queryFn: () => readSignIns(connect),
    retry: false,
    networkMode: 'always',
    gcTime: 0,
  })
  if (query.data === null) return <NotFoundPage />
  return (
    <>
      <PageHeading title={words.title} />
      <QuerySection query={query} thing={words.thing} rows={9}>
        {(traces) => traces !== null && <Traces traces={traces} />}
      </QuerySection>
    </>
  )
}

function Traces({ traces }: { readonly traces: readonly SignInTrace[] }): ReactNode {
  const { signIns: words } = useMessages().diagnostics
  const locale = useLocale()
  const id = useId()
  const [query, setQuery] = useSearchParams()
  const wanted = query.get(PARAMETER)
  const found = traces.find(({ id: own, reference }) => wanted === reference || wanted === own)
  const trace = found ?? traces[0]
  if (trace === undefined) return <p>{words.none}</p>
  return (
    <div className="pc-section">
      {wanted !== null && found === undefined && <p>{words.unknown(wanted)}</p>}
      <div className="pc-field">
        <label htmlFor={id}>{words.flow}</label>
        <select
          id={id}
          className="pc-input"
          value={trace.id}
          onChange={({ target }) => setQuery({ [PARAMETER]: target.value }, { replace: true })}
        >
          {traces.map(({ id: own, started_at: startedAt, result, reference }) => (
            <option key={own} value={own}>
              {words.option(formatMoment(startedAt, locale), words.results[result], reference)}
            </option>
          ))}
        </select>
      </div>
      <ol className="pc-checks">
        {trace.steps.map((step, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- steps only come at the end
          <Step key={index} number={index + 1} step={step} trace={trace} />
        ))}
      </ol>
    </div>
  )
}

interface StepProps {
  readonly number: number
  readonly step: SignInStep
  readonly trace: SignInTrace
}

function Step({ number, step, trace }: StepProps): ReactNode {
  const { signIns: words } = useMessages().diagnostics
  const { from, to, text, details, milliseconds, status } = step
  return (
    <li>
      <h2>{words.way(number, words.parties[from], words.parties[to])}</h2>
      <Badge tone={TONES[status]}>{words.statuses[status]}</Badge>
      <div>
        <p>
          <span className="pc-fix">{text}</span>{' '}
          {milliseconds !== undefined && <span>{words.milliseconds(milliseconds)}</span>}
        </p>
        {details.map((detail, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- Polar's log may say the same twice
          <p key={index}>{detail}</p>
        ))}
        {status === 'failed' && <Failure trace={trace} />}
      </div>
    </li>
  )
}

function Failure({ trace }: { readonly trace: SignInTrace }): ReactNode {
  const messages = useMessages()
  const { diagnostics: words } = messages
  const { code = 'unknown', reference } = trace
  const hint = useDeveloperHint(code)
  return (
    <>
      <p>
        <strong>{problemText(code, { app: messages.app, signingIn: true }).title}</strong>{' '}
        <code translate="no">{code}</code>
      </p>
      {reference !== undefined && (
        <div className="pc-actions">
          <span>{messages.reference(reference)}</span>
          <CopyButton thing={messages.things.reference} value={reference} />
        </div>
      )}
      <p className="pc-fix">
        <strong>{words.fix}</strong> <span>{hint}</span>
      </p>
    </>
  )
}

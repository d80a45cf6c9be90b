/**
 * For developers: whether sign-in works here, and how to fix what does not. The page exists only if
 * the server answers about itself.
 */
import {
  CHECKS,
  CHECK_WORDS,
  summariseChecks,
  verdictOf,
  type Check,
  type CheckStatus,
} from '@polar-connect/protocol'
import { useConnect } from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { diagnose, toReport, type Diagnosis } from '../data/diagnostics.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAnnouncer } from '../parts/announcer.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Link } from '../parts/link.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { NotFoundPage } from './not-found-page.tsx'

const TONES: Record<CheckStatus, Tone> = {
  ok: 'success',
  warning: 'warning',
  failed: 'danger',
  skipped: 'neutral',
}

export function DiagnosticsPage(): ReactNode {
  const { pages, diagnostics: words } = useMessages()
  const connect = useConnect()
  const query = useQuery({
    queryKey: ['diagnostics'],
    queryFn: () => diagnose(connect),
    // Faults show at once, even without a network. They never come from an earlier visit.
    retry: false,
    networkMode: 'always',
    gcTime: 0,
    // Each check has a time limit of its own, and a slow answer is a result.
    meta: { ownLimits: true },
  })
  useSpokenSummary(query.data)
  if (query.data === null) return <NotFoundPage />
  return (
    <>
      <PageHeading title={pages.diagnostics}>
        {query.data !== undefined && (
          <>
            <p>
              <strong>{verdictOf(query.data.checks).text}</strong>
            </p>
            <p>{summariseChecks(query.data.checks)}</p>
          </>
        )}
      </PageHeading>
      <QuerySection query={query} thing={words.thing} rows={12}>
        {(diagnosis) =>
          diagnosis !== null && (
            <Results diagnosis={diagnosis} onAgain={() => void query.refetch()} />
          )
        }
      </QuerySection>
    </>
  )
}

function useSpokenSummary(diagnosis: Diagnosis | null | undefined): void {
  const { say } = useAnnouncer()
  useEffect(() => {
    if (diagnosis) say(verdictOf(diagnosis.checks).text)
  }, [diagnosis, say])
}

interface ResultsProps {
  readonly diagnosis: Diagnosis
  readonly onAgain: () => void
}

function Results({ diagnosis, onAgain }: ResultsProps): ReactNode {
  const { diagnostics: words } = useMessages()
  const { checks, redirectUri } = diagnosis
  return (
    <div className="pc-section">
      <div className="pc-actions">
        <button type="button" className="pc-button pc-button--primary" onClick={onAgain}>
          {words.again}
        </button>
        {diagnosis.tellsSignIns && (
          <Link className="pc-button" to="/diagnostics/sign-in">
            {words.signIns.title}
          </Link>
        )}
      </div>
      {/* The list stands right before the button: where the clipboard is blocked, it is selected. */}
      <ul className="pc-checks">
        {checks.map((check) => (
          <Row key={check.id} check={check} redirectUri={redirectUri} />
        ))}
      </ul>
      <CopyButton thing={words.report} value={toReport(diagnosis, location.origin)} />
    </div>
  )
}

interface RowProps {
  readonly check: Check
  readonly redirectUri: string | undefined
}

function Row({ check, redirectUri }: RowProps): ReactNode {
  const { diagnostics: words } = useMessages()
  const { id, status, detail, fix, differences } = check
  return (
    <li>
      <h2>{CHECKS[id].title}</h2>
      <Badge tone={TONES[status]}>{CHECK_WORDS[status]}</Badge>
      <div>
        <p>{detail}</p>
        {differences?.map(({ text, breaks }) => (
          <p key={text}>
            <strong>{breaks ? words.breaks : words.harmless}</strong> <span>{text}</span>
          </p>
        ))}
        {id === 'redirect_uri' && redirectUri !== undefined && (
          <div className="pc-actions">
            <code translate="no">{redirectUri}</code>
            <CopyButton thing={words.redirectUri} value={redirectUri} />
          </div>
        )}
        {fix !== undefined && (
          <p className="pc-fix">
            <strong>{words.fix}</strong> <span>{fix}</span>
          </p>
        )}
      </div>
    </li>
  )
}

/** The state of the connection, and how long its access lasts. */
import { useConnection } from '@polar-connect/react'
import {
  BROWSER_REFRESH_SECONDS,
  type Connection,
  type ServerIdentity,
} from '@polar-connect/protocol'
import { useEffect, useState, type ReactNode } from 'react'
import { organizationName } from '../../data/subject-name.ts'
import { formatDuration } from '../../format/dates.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useAnnouncer } from '../../parts/announcer.tsx'
import { Badge } from '../../parts/badge.tsx'
import { Card } from '../../parts/card.tsx'
import { Fact } from '../../parts/fact.tsx'
import { Time, TimeAgo } from '../../parts/time.tsx'
import { useServerNow } from '../../parts/use-server-now.ts'
import { WriteButton } from '../../parts/write-button.tsx'
import { ErrorState } from '../../states/error-state.tsx'

const PAUSE_MS = 10_000

interface ConnectionStatusProps {
  readonly connection: Connection
  readonly server: ServerIdentity
}

export function ConnectionStatus({ connection, server }: ConnectionStatusProps): ReactNode {
  const messages = useMessages()
  const { connection: words, environments, production } = messages
  const locale = useLocale()
  const { status, refresh } = useConnection()
  const { toast } = useAnnouncer()
  const now = useServerNow(1000)
  const [refreshing, setRefreshing] = useState(false)
  const [paused, setPaused] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const live = status === 'connected'
  useEffect(() => {
    if (!paused) return
    const timer = setTimeout(() => setPaused(false), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [paused])

  async function refreshNow(): Promise<void> {
    setRefreshing(true)
    setFailure(undefined)
    try {
      await refresh()
      toast(words.renewedToast)
      setPaused(true)
    } catch (error) {
      setFailure(error)
    } finally {
      setRefreshing(false)
    }
  }

  const seconds = (Date.parse(connection.access_token_expires_at) - now) / 1000
  const renews = refreshing
    ? words.renewing
    : seconds < BROWSER_REFRESH_SECONDS
      ? words.atNextUse
      : words.renews(formatDuration(seconds, locale))
  return (
    <Card title={words.status}>
      <p className="pc-actions">
        <strong>
          <bdi>
            {messages.connectedTo(organizationName(connection, messages.yourOrganizations))}
          </bdi>
        </strong>
        <Badge tone={live ? 'success' : 'warning'}>{live ? words.active : words.ended}</Badge>
      </p>
      <dl className="pc-facts">
        <Fact name={words.accessTo}>
          {connection.subject.type === 'organization'
            ? words.organizationSubject
            : words.userSubject}
        </Fact>
        <Fact name={words.environment}>
          {server.name === 'production' ? production : environments[server.name].name}
        </Fact>
        <Fact name={words.on}>
          <Time iso={connection.connected_at} form="full" />
        </Fact>
      </dl>
      <details className="pc-details">
        <summary>{messages.details.title}</summary>
        <div className="pc-renewal">
          <p>{renews}</p>
          <p>
            <span>{words.lastRenewed}</span> <TimeAgo iso={connection.refreshed_at} now={now} />
          </p>
          <WriteButton
            aria-disabled={refreshing}
            reason={paused ? words.justRenewed : undefined}
            onClick={() => void refreshNow()}
          >
            {words.renew}
          </WriteButton>
        </div>
      </details>
      {failure !== undefined && live && (
        <ErrorState alert error={failure} onRetry={() => void refreshNow()} />
      )}
    </Card>
  )
}

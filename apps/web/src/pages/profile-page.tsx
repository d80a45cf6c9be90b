/**
 * Who is connected. Polar describes the person, with an older organization token the organization, or
 * without the permissions only an id. Each of the three has its page here.
 */
import { useConnect, useConnection, usePolar, useScope } from '@polar-connect/react'
import type { Connection } from '@polar-connect/protocol'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { subjectName } from '../data/subject-name.ts'
import { fetchUserinfo, type Userinfo } from '../data/userinfo.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Badge } from '../parts/badge.tsx'
import { Card } from '../parts/card.tsx'
import { CopiedId } from '../parts/copied-id.tsx'
import { ExternalLink } from '../parts/external-link.tsx'
import { Fact } from '../parts/fact.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { Time } from '../parts/time.tsx'
import { ErrorState } from '../states/error-state.tsx'
import { QuerySection } from '../states/query-section.tsx'

const STALE_MS = 5 * 60_000

export function ProfilePage(): ReactNode {
  const { pages, profile } = useMessages()
  const { connection } = useConnection()
  const connect = useConnect()
  const query = useQuery({
    queryKey: ['userinfo', connection?.id],
    queryFn: ({ signal }) => fetchUserinfo(connect, signal),
    enabled: connection !== undefined,
    staleTime: STALE_MS,
  })
  if (connection === undefined) return null
  const organization = connection.subject.type === 'organization'
  return (
    <>
      <PageHeading title={organization ? subjectName(connection) : pages.yourProfile} />
      {organization && <OrganizationCard connection={connection} />}
      <QuerySection query={query} thing={profile.thing}>
        {(userinfo) => <UserinfoCard userinfo={userinfo} connection={connection} />}
      </QuerySection>
    </>
  )
}

function OrganizationCard({ connection }: { readonly connection: Connection }): ReactNode {
  const { profile, things } = useMessages()
  const polar = usePolar()
  const mayRead = useScope('organizations:read')
  const { subject } = connection
  const { data } = useQuery({
    queryKey: ['organization', connection.id],
    queryFn: () => polar.organizations.get(subject.id),
    enabled: mayRead,
    staleTime: STALE_MS,
  })
  const website = safeUrl(data?.website)
  return (
    <Card title={profile.organization} aside={<Avatar name={subjectName(connection)} />}>
      <dl className="pc-facts">
        <Fact name={profile.name}>
          <bdi>{data?.name ?? subject.name ?? <NotProvided />}</bdi>
        </Fact>
        <Fact name={profile.slug}>{data?.slug ?? subject.slug ?? <NotProvided />}</Fact>
        <Fact name={profile.website}>
          {website === undefined ? (
            <NotProvided />
          ) : (
            <ExternalLink href={website}>
              <span translate="no">{website}</span>
            </ExternalLink>
          )}
        </Fact>
        <Fact name={profile.email}>{data?.email ?? <NotProvided />}</Fact>
        <Fact name={profile.created}>
          {data ? <Time iso={data.created_at} /> : <NotProvided />}
        </Fact>
        <Fact name={profile.organizationId}>
          <CopiedId thing={things.organizationId} value={subject.id} />
        </Fact>
      </dl>
    </Card>
  )
}

/** A web address that is safe to follow: a link of another kind would run as script. */
function safeUrl(value: string | null | undefined): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined
  const { protocol, href } = new URL(value)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

interface UserinfoCardProps {
  readonly userinfo: Userinfo
  readonly connection: Connection
}

function UserinfoCard({ userinfo, connection }: UserinfoCardProps): ReactNode {
  const { profile, things } = useMessages()
  const { subject } = connection
  // An older organization token has no person. The organization is shown above.
  if (subject.type === 'organization' && userinfo.sub === subject.id) return null
  const { name = connection.user.name, email } = userinfo
  return (
    <Card
      title={subject.type === 'organization' ? profile.grantedBy : profile.person}
      aside={<Avatar name={name ?? email ?? userinfo.sub} />}
    >
      <dl className="pc-facts">
        <Fact name={profile.name}>
          <bdi>{name ?? <NotProvided />}</bdi>
        </Fact>
        <Fact name={profile.email}>
          {email === undefined ? (
            <ShareEmail />
          ) : (
            <>
              <span translate="no">{email}</span> <Verified value={userinfo.emailVerified} />
            </>
          )}
        </Fact>
        <Fact name={profile.userId}>
          <CopiedId thing={things.userId} value={userinfo.sub} />
        </Fact>
      </dl>
    </Card>
  )
}

function Verified({ value }: { readonly value: boolean | undefined }): ReactNode {
  const { profile } = useMessages()
  if (value === undefined) return null
  return (
    <Badge tone={value ? 'success' : 'warning'}>
      {value ? profile.verified : profile.notVerified}
    </Badge>
  )
}

function ShareEmail(): ReactNode {
  const { profile } = useMessages()
  const { stepUp } = useConnection()
  const granted = useScope('email')
  const [failure, setFailure] = useState<unknown>()
  return (
    <div className="pc-actions">
      <span className="pc-muted">{profile.notShared}</span>
      {!granted && (
        <button
          type="button"
          className="pc-button"
          onClick={() => void stepUp(['email']).catch(setFailure)}
        >
          {profile.shareEmail}
        </button>
      )}
      {failure !== undefined && <ErrorState alert error={failure} />}
    </div>
  )
}

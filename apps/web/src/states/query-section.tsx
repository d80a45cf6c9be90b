/** One piece of data in each of its states. The other pieces of the page do not wait for it. */
import { ConnectError, hasCode } from '@polar-connect/browser'
import { problemText, useConnection } from '@polar-connect/react'
import { useQueryClient, type QueryFilters } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { subjectName } from '../data/subject-name.ts'
import type { KeptQuery } from '../data/use-kept-query.ts'
import { isRateLimit } from '../data/use-rate-limit.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Link } from '../parts/link.tsx'
import { TechnicalDetails } from '../parts/technical-details.tsx'
import { EmptyState } from './empty-state.tsx'
import { ActionButton, ErrorState, type WayBack } from './error-state.tsx'
import { LastUpdated } from './last-updated.tsx'
import { Loading, Skeleton, type SkeletonProps } from './loading.tsx'
import { MissingPermission } from './missing-permission.tsx'
import { asksToWait, RateLimited } from './rate-limited.tsx'
import { useSharedFailure } from './section-group.tsx'

interface QuerySectionProps<Data> {
  readonly query: KeptQuery<Data>
  /** In the words of the page: `products`. */
  readonly thing: string
  readonly rows?: number
  /** If the data has another shape than rows. */
  readonly skeleton?: ReactNode
  /** A link to the list, for a record that is no longer in it. */
  readonly back?: WayBack
  readonly children: (data: Data) => ReactNode
}

export function QuerySection<Data>(props: QuerySectionProps<Data>): ReactNode {
  const { query, thing, rows, skeleton, back, children } = props
  const { data, error, isFetching, isPlaceholderData } = query
  const { notLoaded } = useMessages()
  const retry = useRetry(query)
  const failure = { thing, onRetry: retry, at: query.errorUpdatedAt, ...(back && { back }) }
  const shared = useSharedFailure(data === undefined ? error : null, retry)
  if (data === undefined) {
    const room = { skeleton, ...(rows !== undefined && { rows }) }
    // Not asked for yet, since it is far below: nothing to wait for.
    if (error === null && query.fetchStatus === 'idle') return <Room {...room} />
    if (error === null) return <Loading thing={thing} onRetry={retry} {...room} />
    if (shared === 'told') {
      return (
        <Room {...room}>
          <p className="pc-not-loaded">{notLoaded}</p>
        </Room>
      )
    }
    return (
      <Room {...room}>
        <Failure {...failure} errors={shared.errors} onRetry={shared.retry} />
      </Room>
    )
  }
  return (
    <>
      {isFetching && <div className="pc-busy-line" aria-hidden="true" />}
      <LastUpdated at={query.dataUpdatedAt} />
      {error !== null && !isSaidAbove(error, isPlaceholderData) && (
        <Failure alert {...failure} errors={[error]} />
      )}
      <div className={isPlaceholderData ? 'pc-stale' : undefined} aria-busy={isFetching}>
        {children(data)}
      </div>
    </>
  )
}

/** Another try, also while a first load is under way: that one would keep waiting. */
function useRetry({ data, fetchStatus, refetch }: KeptQuery<unknown>): () => void {
  const client = useQueryClient()
  async function begin(): Promise<void> {
    if (data !== undefined || fetchStatus !== 'fetching') return void (await refetch())
    const waiting: QueryFilters = {
      type: 'active',
      predicate: ({ state }) => state.data === undefined,
    }
    await client.cancelQueries(waiting)
    await client.refetchQueries(waiting)
  }
  return () => void begin()
}

/** A replacement of data has at least its size, so that nothing below it moves. */
function Room({
  children,
  ...shape
}: SkeletonProps & { readonly children?: ReactNode }): ReactNode {
  return (
    <div className="pc-room">
      <div className="pc-skeleton--unseen" aria-hidden="true">
        <Skeleton {...shape} />
      </div>
      <div>{children}</div>
    </div>
  )
}

interface FailureProps {
  /** One query, or several with the same cause. */
  readonly errors: readonly unknown[]
  readonly thing: string
  readonly onRetry: () => void
  readonly back?: WayBack
  readonly alert?: boolean
  /** When it failed: a new refusal starts a new countdown. */
  readonly at: number
}

function Failure({ errors, thing, onRetry, back, alert = false, at }: FailureProps): ReactNode {
  const [error] = errors
  if (hasCode(error, 'insufficient_scope')) {
    return <MissingPermission errors={errors.filter(isConnectError)} />
  }
  if (asksToWait(error)) return <RateLimited key={at} error={error} at={at} onRetry={onRetry} />
  if (hasCode(error, 'reauthorization_required')) return <Ended error={error} />
  if (hasCode(error, 'not_permitted')) return <NotAllowed error={error} />
  return (
    <ErrorState
      alert={alert}
      error={error}
      thing={thing}
      onRetry={onRetry}
      {...(back && { back })}
    />
  )
}

const isConnectError = (error: unknown) => error instanceof ConnectError

/** Whether a banner says it for the whole page, while the data stays. */
function isSaidAbove(error: Error, isPlaceholderData: boolean): boolean {
  if (hasCode(error, 'reauthorization_required', 'offline')) return true
  // Only what kept data from being renewed, not what kept other data from loading.
  return !isPlaceholderData && isRateLimit(error)
}

/** Nothing had been loaded. The banner has the action, once for the whole page. */
function Ended({ error }: { readonly error: unknown }): ReactNode {
  const { app } = useMessages()
  const { connection } = useConnection()
  const org = connection && subjectName(connection)
  const { title, text } = problemText(error, { app, ...(org !== undefined && { org }) })
  return <EmptyState title={title} text={text} icon="lock" />
}

function NotAllowed({ error }: { readonly error: unknown }): ReactNode {
  const messages = useMessages()
  const { connect, connection } = useConnection()
  const org = connection && subjectName(connection)
  const text = problemText(error, { app: messages.app, ...(org !== undefined && { org }) })
  return (
    <div className="pc-state">
      <h2>{text.title}</h2>
      <p>{text.text}</p>
      <div className="pc-actions">
        <Link className="pc-button pc-button--primary" to="/dashboard">
          {messages.backToOverview}
        </Link>
        <ActionButton
          className="pc-button"
          onClick={() => connect({ subject: 'organization', prompt: 'consent' })}
        >
          {messages.index.another}
        </ActionButton>
      </div>
      <TechnicalDetails error={error} />
    </div>
  )
}

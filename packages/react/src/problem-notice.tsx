/** Shows an error next to the thing that failed. */
import { ConnectError, hasCode } from '@polar-connect/browser'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { connectionOf, useConnectContext, useConnectState, useMessages } from './context.ts'

export interface ProblemNoticeProps extends ComponentProps<'div'> {
  /** The error. Shows nothing while it is `undefined` or `null`. */
  readonly error: unknown
  /**
   * Shows a button "Try again" that calls it. If the error names the address that works, a link replaces
   * the button. For other actions, pass `children`.
   */
  readonly retry?: () => unknown
  /** Whether a sign-in failed. Then nothing continues by itself. */
  readonly signingIn?: boolean
}

/**
 * Says what failed and what to do. It shows nothing if the connection ended: the `SessionGate` above
 * offers to reconnect.
 *
 * @example
 * const { data, error, refetch } = useQuery({ queryKey, queryFn })
 * return <ProblemNotice error={error} retry={refetch} />
 */
export function ProblemNotice(props: ProblemNoticeProps): ReactNode {
  const { error } = props
  const { status } = useConnectState()
  if (error === undefined || error === null) return null
  if (status === 'ended' && hasCode(error, 'reauthorization_required')) return null
  return <Notice {...props} />
}

/** The same, but also if the connection ended. */
export function Notice(props: ProblemNoticeProps): ReactNode {
  const { error, retry, signingIn = false, className, children, ...rest } = props
  const { title, text, origin, reference } = useProblem(error, signingIn)
  const { tryAgain } = useMessages()
  return (
    <div role="alert" {...rest} className={classNames('polar-notice', className)}>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{text}</p>
      {reference}
      {origin}
      {retry && !origin && (
        <button type="button" className="polar-button" onClick={() => void retry()}>
          {tryAgain}
        </button>
      )}
      {children}
    </div>
  )
}

interface Problem {
  readonly title: string
  readonly text: string
  readonly action: string
  /** A link to the address that works, if the error names one. */
  readonly origin: ReactNode
  /** The reference for the server's log, unless the text already quotes it. */
  readonly reference: ReactNode
}

/** The app's texts for an error. */
export function useProblem(error: unknown, signingIn: boolean): Problem {
  const { app, messages } = useConnectContext()
  const org = connectionOf(useConnectState())?.subject.name
  const { title, text, action } = messages.problem(error, { signingIn, app, org })
  const { origin, reference, status = 0 } = error instanceof ConnectError ? error.details : {}
  const link = origin && <a href={origin}>{messages.openAddress(origin)}</a>
  // The log has only the references of sign-ins and of faults.
  const logged = signingIn || status >= 500
  const line = logged && reference && !text.includes(reference) && (
    <p>{messages.reference(reference)}</p>
  )
  return { title, text, action, origin: link, reference: line }
}

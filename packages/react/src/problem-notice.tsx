/** A failure in words, beside the thing that failed. */
import { ConnectError } from '@polar-connect/browser'
import type { ReactNode } from 'react'
import { useConnectContext } from './context.ts'
import { useConnection } from './use-connection.ts'

export interface ProblemNoticeProps {
  /** Nothing shows while it is undefined. */
  readonly error: unknown
  /** Whether a sign-in failed: then nothing continues by itself. */
  readonly signingIn?: boolean
  /** What the person can do. At a wrong address only the link to the right one helps. */
  readonly children?: ReactNode
}

export function ProblemNotice({
  error,
  signingIn = false,
  children,
}: ProblemNoticeProps): ReactNode {
  const { title, text, origin } = useProblem(error, signingIn)
  if (error === undefined) return null
  return (
    <div className="polar-notice" role="alert">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{text}</p>
      {origin || children}
    </div>
  )
}

interface Problem {
  readonly title: string
  readonly text: string
  readonly action: string
  /** A link to the address that works, if the error names one. */
  readonly origin: ReactNode
}

/** What the app says about an error or a code. */
export function useProblem(error: unknown, signingIn: boolean): Problem {
  const { app, messages } = useConnectContext()
  const { connection } = useConnection()
  const org = connection?.subject.name
  const { title, text, action } = messages.problem(error, {
    signingIn,
    ...(app !== undefined && { app }),
    ...(org !== undefined && { org }),
  })
  const origin = error instanceof ConnectError ? error.details.origin : undefined
  const link = origin !== undefined && <a href={origin}>{messages.openAddress(origin)}</a>
  return { title, text, action, origin: link }
}

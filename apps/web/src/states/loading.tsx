/** Loading: nothing at first, then the shape of the data, then a way out. */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { useAnnouncer } from '../parts/announcer.tsx'

const SHOWN_AFTER_MS = 150
const SPOKEN_AFTER_MS = 1000
const SLOW_AFTER_MS = 5000

/** Whether the page has just been opened: then the build has drawn its shape already. */
export const JustOpenedContext = createContext(false)

export interface SkeletonProps {
  readonly rows?: number
  /** If the data has another shape than rows. */
  readonly skeleton?: ReactNode
}

/** The shape of the data. */
export function Skeleton({ rows = 4, skeleton }: SkeletonProps): ReactNode {
  return (
    skeleton ?? (
      <div className="pc-skeleton">
        {Array.from({ length: rows }, (_, row) => (
          <span key={row} />
        ))}
      </div>
    )
  )
}

interface LoadingProps extends SkeletonProps {
  readonly thing: string
  readonly onRetry?: () => void
}

export function Loading({ thing, onRetry, ...shape }: LoadingProps): ReactNode {
  const messages = useFrontMessages()
  const { say } = useAnnouncer()
  const [shown, setShown] = useState(useContext(JustOpenedContext))
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timers = [
      setTimeout(() => setShown(true), SHOWN_AFTER_MS),
      setTimeout(() => say(messages.loading(thing)), SPOKEN_AFTER_MS),
      setTimeout(() => setSlow(true), SLOW_AFTER_MS),
    ]
    return () => timers.forEach(clearTimeout)
  }, [messages, say, thing])

  return (
    <div className="pc-loading" aria-busy="true">
      {/* Its room is kept from the start: nothing below it moves when it shows. */}
      <div className={shown ? undefined : 'pc-skeleton--unseen'} aria-hidden="true">
        <Skeleton {...shape} />
      </div>
      {slow && (
        <div className="pc-loading__slow">
          <p>{messages.slow}</p>
          {onRetry && (
            <button type="button" className="pc-button" onClick={onRetry}>
              {messages.tryAgain}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

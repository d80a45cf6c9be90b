/** A pause that Polar or the app's server asked for: how long it lasts, and one try when it ends. */
import type { ConnectError } from '@polar-connect/browser'
import { problemText } from '@polar-connect/react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { ExplainedButton } from '../parts/explained-button.tsx'
import { useAnnouncer } from '../shell/announcer.tsx'

const DEFAULT_SECONDS = 30
const MAX_SECONDS = 900

interface RateLimitedProps {
  /** The refusal: how long to wait, and what for. */
  readonly error: ConnectError
  readonly onRetry: () => void
}

export function RateLimited({ error, onRetry }: RateLimitedProps): ReactNode {
  const messages = useMessages()
  const { say } = useAnnouncer()
  const seconds = Math.min(error.details.retryAfterSeconds ?? DEFAULT_SECONDS, MAX_SECONDS)
  const left = useCountdown(seconds, onRetry)
  const waiting = left > 0
  const { title, text } = problemText(error, { app: messages.app, seconds: left })
  const words = `${title}. ${text}`
  useEffect(() => {
    if (left === seconds || left === 10 || left === 0) say(words)
  }, [left, say, seconds, words])
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
export function asksToWait({ code }: ConnectError): boolean {
  return code === 'polar_rate_limited' || code === 'rate_limited' || code === 'polar_unavailable'
}

/** Whole seconds left of `seconds`, by a clock that runs on while a laptop sleeps. */
function useCountdown(seconds: number, onZero: () => void): number {
  const [deadline] = useState(() => Date.now() + seconds * 1000)
  const [left, setLeft] = useState(seconds)
  const end = useEffectEvent(onZero)
  useEffect(() => {
    const timer = setInterval(() => {
      const next = Math.max(0, Math.ceil((deadline - Date.now()) / 1000))
      setLeft(next)
      if (next > 0) return
      clearInterval(timer)
      end()
    }, 1000)
    return () => clearInterval(timer)
  }, [deadline])
  return left
}

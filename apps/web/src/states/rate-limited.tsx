/** Polar asked for a pause: how long it lasts, and one try when it ends. */
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAnnouncer } from '../shell/announcer.tsx'

const MAX_SECONDS = 900

interface RateLimitedProps {
  /** From the refusal; changes with every new one. */
  readonly seconds: number
  readonly onRetry: () => void
}

export function RateLimited({ seconds, onRetry }: RateLimitedProps): ReactNode {
  const messages = useMessages()
  const { say } = useAnnouncer()
  const whole = Math.min(seconds, MAX_SECONDS)
  const left = useCountdown(whole, onRetry)
  const waiting = left > 0
  useEffect(() => {
    if (left === whole || left === 10 || left === 0) say(messages.slowDown(left))
  }, [left, messages, say, whole])
  return (
    <div className="pc-banner pc-banner--warning">
      <p>{messages.slowDown(left)}</p>
      <button
        type="button"
        className="pc-button"
        aria-disabled={waiting}
        title={waiting ? messages.tryAgainLater : undefined}
        onClick={() => {
          if (!waiting) onRetry()
        }}
      >
        {messages.tryAgainNow}
      </button>
    </div>
  )
}

/** Whole seconds left of `seconds`, by a clock that a sleeping laptop does not stop. */
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

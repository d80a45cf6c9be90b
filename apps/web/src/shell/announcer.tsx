/** Says what happened: to screen readers by two regions that are always there, to all by a toast. */
import { createContext, useContext, useMemo, useRef, useState, type ReactNode } from 'react'

export interface Announcer {
  /** Speaks once the reader pauses. */
  readonly say: (text: string) => void
  /** Speaks at once. */
  readonly interrupt: (text: string) => void
  /** Shows and speaks the result of what the person just did. */
  readonly toast: (text: string) => void
}

const silent = () => undefined
const AnnouncerContext = createContext<Announcer>({
  say: silent,
  interrupt: silent,
  toast: silent,
})

export function useAnnouncer(): Announcer {
  return useContext(AnnouncerContext)
}

const SPOKEN_MS = 5000
const TOAST_MS = 6000

export function AnnouncerProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const polite = useRegion(SPOKEN_MS)
  const assertive = useRegion(SPOKEN_MS)
  const toast = useRegion(TOAST_MS)
  const [say, interrupt, show] = [polite.put, assertive.put, toast.put]
  const announcer = useMemo(() => ({ say, interrupt, toast: show }), [say, interrupt, show])
  return (
    <AnnouncerContext value={announcer}>
      {children}
      <div className="pc-visually-hidden" role="status" aria-live="polite">
        {polite.text}
      </div>
      <div className="pc-visually-hidden" aria-live="assertive">
        {assertive.text}
      </div>
      <div
        className="pc-toast"
        role="status"
        aria-live="polite"
        aria-atomic="true"
        onPointerEnter={toast.hold}
        onPointerLeave={toast.release}
      >
        {toast.text}
      </div>
    </AnnouncerContext>
  )
}

/** A text that goes away by itself. The same text twice is told apart by a space nobody hears. */
function useRegion(milliseconds: number) {
  const [text, setText] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const actions = useMemo(() => {
    const hold = () => clearTimeout(timer.current)
    const release = () => {
      hold()
      timer.current = setTimeout(() => setText(''), milliseconds)
    }
    const put = (next: string) => {
      setText((before) => (before === next ? `${next}\u00a0` : next))
      release()
    }
    return { hold, release, put }
  }, [milliseconds])
  return { text, ...actions }
}

/** Announces what happened: to screen readers by two permanent regions, to all by a toast. */
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react'

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
  const polite = useSpoken()
  const assertive = useSpoken()
  const toast = useToast()
  const [say, interrupt, show] = [polite.add, assertive.add, toast.show]
  const announcer = useMemo(() => ({ say, interrupt, toast: show }), [say, interrupt, show])
  return (
    <AnnouncerContext value={announcer}>
      {children}
      <div className="pc-visually-hidden" role="status" aria-live="polite">
        {polite.lines}
      </div>
      <div className="pc-visually-hidden" aria-live="assertive">
        {assertive.lines}
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

/** Lines that go away by themselves. Each is an element of its own, so that none replaces another. */
function useSpoken() {
  const [lines, setLines] = useState<readonly ReactElement[]>([])
  const count = useRef(0)
  const add = useCallback((text: string) => {
    count.current += 1
    const line = <p key={count.current}>{text}</p>
    setLines((before) => [...before, line])
    setTimeout(() => setLines((before) => before.filter((other) => other !== line)), SPOKEN_MS)
  }, [])
  return { lines, add }
}

/** One at a time. It stays as long as the pointer is on it. */
function useToast() {
  const [text, setText] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const actions = useMemo(() => {
    const hold = () => clearTimeout(timer.current)
    const release = () => {
      hold()
      timer.current = setTimeout(() => setText(''), TOAST_MS)
    }
    const show = (next: string) => {
      // A space that is not heard makes a repeated text a new one.
      setText((before) => (before === next ? `${next}\u00a0` : next))
      release()
    }
    return { hold, release, show }
  }, [])
  return { text, ...actions }
}

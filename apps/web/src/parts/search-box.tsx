/** A search. It starts once the typing pauses, or at once with Enter. Escape clears it. */
import {
  useEffect,
  useEffectEvent,
  useId,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react'

const PAUSE_MS = 300

interface SearchBoxProps {
  readonly label: string
  /** What is searched: `Customer name or email`. */
  readonly hint: string
  readonly value: string
  readonly onSearch: (text: string) => void
  /** Enter was pressed, and the words are those of the last search. */
  readonly onEnter?: () => void
}

export function SearchBox({ label, hint, value, onSearch, onEnter }: SearchBoxProps): ReactNode {
  const id = useId()
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState({ value, sent: value })
  // Changed from outside: the Back button, or cleared filters. Not by typing here.
  if (value !== seen.value) {
    setSeen({ value, sent: value })
    if (value !== seen.sent) setText(value)
  }

  function send(next: string): void {
    if (next.trim() === value) return
    setSeen({ value, sent: next.trim() })
    onSearch(next.trim())
  }
  const sendPaused = useEffectEvent(send)
  useEffect(() => {
    const timer = setTimeout(() => sendPaused(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])

  return (
    <div className="pc-field pc-field--search">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        className="pc-input"
        placeholder={hint}
        value={text}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (isOfInputMethod(event)) return
          if (event.key === 'Enter') {
            if (text.trim() === value) onEnter?.()
            else send(text)
          }
          if (event.key !== 'Escape' || text === '') return
          event.preventDefault()
          setText('')
        }}
      />
    </div>
  )
}

/** A key that chooses or drops a suggestion of an input method. Safari ends the composition first. */
const isOfInputMethod = ({ nativeEvent }: KeyboardEvent): boolean =>
  nativeEvent.isComposing || nativeEvent.keyCode === 229

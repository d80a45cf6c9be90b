/**
 * A menu button over a native popover. The platform layers it, closes it on Escape and outside
 * presses, and returns the focus. The arrow keys follow the ARIA menu-button pattern.
 */
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

interface MenuProps {
  readonly label: string
  readonly className?: string
  /** Inside the button; decoration, since `label` names it. */
  readonly face: ReactNode
  readonly head?: ReactNode
  /** Elements of a `menuitem` role. */
  readonly children: ReactNode
}

const ITEMS = '[role^="menuitem"]'

export function Menu({ label, className, face, head, children }: MenuProps): ReactNode {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const items = () => [...(panel.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])]

  function onKeyDown(event: KeyboardEvent): void {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const next = decideItem(
      event.key,
      at,
      all.map((item) => item.textContent),
    )
    if (event.key === 'Tab') panel.current?.hidePopover()
    if (next === undefined) return
    event.preventDefault()
    all[next]?.focus()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={`pc-button pc-button--quiet ${className ?? ''}`}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        popoverTarget={id}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          panel.current?.showPopover({ source: button.current! })
        }}
      >
        {face}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="pc-menu"
        onToggle={(event) => {
          setOpen(event.newState === 'open')
          if (event.newState !== 'open') return
          const checked = panel.current?.querySelector<HTMLElement>('[aria-checked="true"]')
          ;(checked ?? items()[0])?.focus()
        }}
      >
        {head}
        <div
          role="menu"
          tabIndex={-1}
          aria-label={label}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest(ITEMS)) {
              panel.current?.hidePopover()
            }
          }}
        >
          {children}
        </div>
      </div>
    </>
  )
}

/** The item that `key` leads to from `at`: an index of `texts`, or undefined. */
export function decideItem(key: string, at: number, texts: readonly string[]): number | undefined {
  const last = texts.length - 1
  if (key === 'ArrowDown') return at >= last ? 0 : at + 1
  if (key === 'ArrowUp') return at <= 0 ? last : at - 1
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key.length !== 1 || key === ' ') return undefined
  const starts = (text: string) => text.toLowerCase().startsWith(key.toLowerCase())
  const after = texts.findIndex((text, index) => index > at && starts(text))
  const first = after === -1 ? texts.findIndex(starts) : after
  return first === -1 ? undefined : first
}

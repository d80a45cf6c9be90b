/** Copies a value that people would otherwise have to select. */
import { useEffect, useState, type ReactNode } from 'react'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { useAnnouncer } from './announcer.tsx'
import { copyText } from './copy-text.ts'

const SHOWN_MS = 2000

interface CopyButtonProps {
  /** The thing: the button reads `Copy <thing>`. */
  readonly thing: string
  readonly value: string
  /** Its name, if there are several of the same thing. */
  readonly label?: string
}

export function CopyButton({ thing, value, label }: CopyButtonProps): ReactNode {
  const messages = useFrontMessages()
  const { say } = useAnnouncer()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy(button: HTMLElement): Promise<void> {
    if (await copyText(value)) {
      setCopied(true)
      say(messages.copiedAnnouncement)
      return
    }
    // The value before the button is selected instead.
    const text = button.previousElementSibling
    if (text instanceof HTMLInputElement) text.select()
    else if (text !== null) getSelection()?.selectAllChildren(text)
    const mac = navigator.userAgent.includes('Mac')
    say(mac ? messages.copyBlockedMac : messages.copyBlocked)
  }

  return (
    <button
      type="button"
      className="pc-button"
      aria-label={copied ? undefined : label}
      onClick={(event) => void copy(event.currentTarget)}
    >
      {copied ? messages.copied : messages.copy(thing)}
    </button>
  )
}

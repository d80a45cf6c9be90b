/** One thing to look at: a part or a page in one state. */
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { Stage, type StageProps } from './stage.tsx'

export interface Entry {
  /** Also the end of its address. */
  readonly name: string
  readonly content: ReactElement
}

export type Setting = Omit<StageProps, 'children'>

export const stage = (name: string, content: ReactNode, setting: Setting = {}): Entry => ({
  name,
  content: <Stage {...setting}>{content}</Stage>,
})

export function ignore(): void {
  // Buttons do nothing in a gallery.
}

/** What someone sees after pressing these buttons, each as soon as it is there. */
export function Pressed({
  names,
  children,
}: {
  readonly names: readonly string[]
  readonly children: ReactNode
}): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const left = [...names]
    const press = () => {
      const all = [...(place.current?.querySelectorAll('button') ?? [])]
      const button = all.find(({ textContent }) => textContent.startsWith(left[0] ?? '-'))
      if (button === undefined) return
      left.shift()
      button.click()
    }
    const observer = new MutationObserver(press)
    observer.observe(place.current!, { childList: true, subtree: true, characterData: true })
    press()
    return () => observer.disconnect()
  }, [names])
  return (
    <div ref={place} className="pc-gallery__stage">
      {children}
    </div>
  )
}

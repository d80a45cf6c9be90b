/** Whether an element is or was near the window: what is far below need not load yet. */
import { useEffect, useRef, useState, type RefObject } from 'react'

/** About one more screen of a phone. */
const MARGIN = '600px'

export function useNear<Found extends Element>(): readonly [RefObject<Found | null>, boolean] {
  const element = useRef<Found>(null)
  const [near, setNear] = useState(typeof IntersectionObserver === 'undefined')
  useEffect(() => {
    if (near || element.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true)
      },
      { rootMargin: MARGIN },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [near])
  return [element, near]
}

/** The way from a button to Polar: pressed once, and ready again if that fails or the page is back. */
import { useEffect, useState } from 'react'

export interface Opening {
  /** Whether the page is about to leave for Polar. */
  readonly opening: boolean
  /** Why it did not, if the app does not hear of it by `onError`. */
  readonly failure: unknown
  readonly open: () => void
}

export function useOpening(
  begin: () => Promise<void>,
  onError: ((error: unknown) => void) | undefined,
): Opening {
  const [opening, setOpening] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  useEffect(() => {
    // Back from Polar, out of the browser's cache: the button must be ready.
    const ready = () => setOpening(false)
    addEventListener('pageshow', ready)
    return () => removeEventListener('pageshow', ready)
  }, [])

  async function open(): Promise<void> {
    if (opening) return
    setOpening(true)
    setFailure(undefined)
    try {
      await begin()
    } catch (error) {
      setOpening(false)
      ;(onError ?? setFailure)(error)
    }
  }

  return { opening, failure, open: () => void open() }
}

/** A button that opens Polar: it works once, and again after a failure or when the page is back. */
import { useEffect, useState } from 'react'

export interface Opening {
  /** Whether the page is leaving for Polar. */
  readonly opening: boolean
  /** Why it failed. Undefined if the app handles it with `onError`. */
  readonly failure: unknown
  readonly open: () => void
}

/**
 * For a button of your own that opens Polar, with `connect` or `stepUp` of `useConnection`.
 *
 * @param begin opens Polar, and rejects if it did not open.
 * @param onError gets the failure. Without it, the result has the failure.
 * @example
 * const { opening, failure, open } = useOpening(() => stepUp(['orders:read']))
 * return <button aria-disabled={opening} onClick={open}>See orders</button>
 */
export function useOpening(
  begin: () => Promise<void>,
  onError?: (error: unknown) => void,
): Opening {
  const [opening, setOpening] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  useEffect(() => {
    // The page is back from the back/forward cache: the button must work again.
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

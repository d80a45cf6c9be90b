/** Waiting: between two tries, and after a pause. */

/** Resolves after `ms`. Rejects with the reason of `signal` as soon as it aborts. */
export async function delay(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      if (signal?.aborted) reject(signal.reason as Error)
      else resolve()
    }
    signal?.addEventListener('abort', done)
  })
}

/** A random part of `ms`, so that many callers do not come back together. */
export function randomPart(ms: number): number {
  const [octet = 0] = crypto.getRandomValues(new Uint8Array(1))
  return (ms * octet) / 256
}

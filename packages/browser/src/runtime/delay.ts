/** Waits between retries and after a pause. */

/** Resolves after `ms`. Rejects with the reason of `signal` as soon as it aborts. */
export async function delay(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise((resolve) => {
    setTimeout(resolve, ms)
    signal.addEventListener('abort', resolve, { once: true })
  })
  signal.throwIfAborted()
}

/** A random part of `ms`, so that many callers do not retry together. */
export function randomPart(ms: number): number {
  const [octet = 0] = crypto.getRandomValues(new Uint8Array(1))
  return (ms * octet) / 256
}

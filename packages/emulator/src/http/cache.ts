/** Cache headers. At Polar they differ by the part of the server that answers. */
import type { Context } from 'hono'

/** The headers of Polar's OAuth library. Other application answers have `private, no-store`. */
export const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' } as const

export function noStore(c: Context): void {
  for (const [name, value] of Object.entries(NO_STORE)) c.header(name, value)
}

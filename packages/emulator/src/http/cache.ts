/** Cache headers, which at Polar tell who made an answer. */
import type { Context } from 'hono'

/** Of what the OAuth library makes. Everything else from routing inward is `private, no-store`. */
export const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' } as const

export function noStore(c: Context): void {
  for (const [name, value] of Object.entries(NO_STORE)) c.header(name, value)
}

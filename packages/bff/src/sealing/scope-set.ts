/** Scopes as a sealed value stores them: positions in the catalogue, and unknown ones by name. */
import { SCOPES } from '@polar-connect/protocol'
import * as v from 'valibot'

/** Positions as one hexadecimal number, then each scope that the catalogue does not know. */
export function packScopes(scopes: readonly string[]): string {
  let bits = 0n
  const unknown: string[] = []
  for (const scope of new Set(scopes)) {
    const position = (SCOPES as readonly string[]).indexOf(scope)
    // S26: known scopes pack into bits
    if (position < 0) unknown.push(scope)
    else bits |= 1n << BigInt(position)
  }
  return [bits.toString(16), ...unknown].join(' ')
}

/** The reverse of {@link packScopes}, in the catalogue's order. */
export function unpackScopes(packed: string): string[] {
  const [hexadecimal = '0', ...unknown] = packed.split(' ')
  const bits = BigInt(`0x${hexadecimal}`)
  const known = SCOPES.filter((_, position) => (bits >> BigInt(position)) & 1n)
  return [...known, ...unknown]
}

/** In a sealed value: packed there, a list here. */
export const packedScopes = v.pipe(
  v.string(),
  v.transform((packed): readonly string[] => unpackScopes(packed)),
)

/** The words of a `scope` parameter (RFC 6749 §3.3), in the order in which a sealed value returns them. */
export function parseScope(scope: string): string[] {
  return unpackScopes(packScopes(scope.split(' ').filter(Boolean)))
}

/** Random values and digests, all from WebCrypto. */
import { base64url } from 'jose'

/** 32 characters, so that each byte maps to one without bias (Crockford's base 32). */
const REFERENCE_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))

/** 256 random bits: 43 base64url characters. */
export const randomToken = (): string => base64url.encode(random(32))

/** 128 random bits: 22 base64url characters. */
export const randomId = (): string => base64url.encode(random(16))

/** Eight characters that a person can read out. They join a problem to its log line. */
export function randomReference(): string {
  return Array.from(random(8), (byte) => REFERENCE_ALPHABET[byte & 31]).join('')
}

/** `amount` and up to a quarter more, so that callers who wait together do not return together. */
export function jittered(amount: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
  return amount * (1 + random / 2 ** 34)
}

/** S256 of `value` (RFC 7636 §4.2): 43 base64url characters. */
export async function s256(value: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))
  return base64url.encode(new Uint8Array(digest))
}

/** Compares two digests in a time that does not depend on where they differ. */
export function equalDigests(left: string, right: string): boolean {
  if (left.length !== right.length) return false
  let difference = 0
  for (let index = 0; index < left.length; index += 1) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index)
  }
  return difference === 0
}

/** A browser's half of PKCE, for those who come without one. */
import { createHash, randomBytes } from 'node:crypto'

export const randomVerifier = (): string => randomBytes(32).toString('base64url')

/** S256 (RFC 7636 §4.2). */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url')

/** Sealing secrets for tests: random to look at, the same every time. */
import { createHash } from 'node:crypto'
import { createKeyRing, type KeyRing } from '../sealing/key-ring.ts'

export function testSecret(name: string): string {
  return createHash('sha256').update(name).digest('base64url')
}

export function testKeys(...names: readonly string[]): Promise<KeyRing> {
  return createKeyRing(names.map(testSecret))
}

/** Defences whose line Stryker cannot change: how to weaken it instead. */
import type { Mark } from './marks.ts'

type Weaken = (line: string) => string

export const WEAK_LINES: Readonly<Record<string, Weaken>> = {}

/** The weaker line for `mark`, or undefined where Stryker makes one. */
export function weakLineOf(mark: Mark): Weaken | undefined {
  return WEAK_LINES[keyOf(mark)]
}

/** The mark as it stands in the code, as in `S15, S63: byte for byte`. */
export function keyOf({ numbers, text }: Mark): string {
  return `S${numbers.join(', S')}: ${text}`
}

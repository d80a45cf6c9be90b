/** A word of Polar's that this app does not know yet: `on_hold` becomes `On hold`. */
export function spellOut(value: string): string {
  const words = value.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The words for `value`. A value that is newer than this app is spelled out. */
export function wordFor(words: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(words, value) ? words[value]! : spellOut(value)
}

/** A word of Polar's that nobody here knows yet: `on_hold` becomes `On hold`. */
export function spellOut(value: string): string {
  const words = value.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What `words` says for `value`; a value that came after this app is spelled out. */
export function wordFor(words: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(words, value) ? words[value]! : spellOut(value)
}

/** More changed letters than this is another word, and no typing mistake. */
const MAX_CHANGES = 3

/** The word of `words` that was meant: the one with the fewest letters to change, if they are few. */
export function closestWord(word: string, words: readonly string[]): string | undefined {
  const ranked = words.map((candidate) => [distance(word, candidate), candidate] as const)
  const [best] = ranked.sort(([left], [right]) => left - right)
  return best !== undefined && best[0] <= MAX_CHANGES ? best[1] : undefined
}

/** How many letters to insert, remove or change (Levenshtein), one row of the table at a time. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of from.split('').entries()) {
    const next = [index + 1]
    for (const [column, other] of to.split('').entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** The word that somebody may have meant: of `words` the one with the fewest letters to change. */
export function closestWord(word: string, words: readonly string[]): string {
  const ranked = words.map((candidate) => [distance(word, candidate), candidate] as const)
  return ranked.sort(([left], [right]) => left - right)[0]?.[1] ?? word
}

/** How many letters to put in, take out or change (Levenshtein), a row of the table at a time. */
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

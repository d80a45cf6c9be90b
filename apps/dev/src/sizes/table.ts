/** Figures beside their budgets, for people to read. */

export type Size =
  | { readonly name: string; readonly budget: number; readonly octets: number }
  | { readonly name: string; readonly budget: number; readonly count: number }

const amountOf = (size: Size) => ('octets' in size ? size.octets : size.count)

export function isWithin(size: Size): boolean {
  return amountOf(size) <= size.budget
}

/** One line each: the name, what it is, what it may be, and whether it is more. */
export function sizesTable(sizes: readonly Size[]): string {
  const width = Math.max(...sizes.map(({ name }) => name.length))
  const lines = sizes.map((size) => {
    const say = (amount: number) =>
      'octets' in size ? `${(amount / 1024).toFixed(1)} KiB` : String(amount)
    const [is, may] = [say(amountOf(size)), say(size.budget)]
    const verdict = isWithin(size) ? '' : '   OVER'
    return `  ${size.name.padEnd(width)}  ${is.padStart(10)}  of ${may.padStart(10)}${verdict}`
  })
  return ['sizes, compressed by gzip', ...lines].join('\n')
}

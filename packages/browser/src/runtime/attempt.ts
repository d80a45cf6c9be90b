/** The result of `access`. Undefined if it throws or returns null. */
export function attempt<Result>(access: () => Result): NonNullable<Result> | undefined {
  try {
    return access() ?? undefined
  } catch {
    return undefined
  }
}

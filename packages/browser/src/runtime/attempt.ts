/** What a use gives, or undefined if it gives nothing or throws: for calls that may fail in any way. */
export function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access() ?? undefined
  } catch {
    return undefined
  }
}

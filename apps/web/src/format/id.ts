/** Polar's ids. */

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What stands for a name that is not known. */
export function shortId(id: string): string {
  return id.slice(0, 8)
}

/** What this app remembers in the browser. If site data is blocked, it remembers nothing. */
import { openStorage, type SafeStorage } from '@polar-connect/browser/web-apis'

/** For as long as the tab is open. */
export const tabStorage = openStorage('sessionStorage')
/** Until it is removed. */
export const browserStorage = openStorage('localStorage')

/** The JSON under `key`. Undefined if nothing is stored, or if this app did not write it. */
export function readJson(storage: SafeStorage, key: string): unknown {
  try {
    return JSON.parse(storage.get(key) ?? 'null') ?? undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

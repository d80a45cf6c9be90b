/**
 * That this tab left for Polar. Polar's first step has no way to decline, so people come back with
 * Back, and the app hears nothing: the front door goes by this.
 */
import { tabStorage } from './storage.ts'

const KEY = 'polar-connect:left'

export function noteLeaving(): void {
  tabStorage.set(KEY, '1')
}

/** A return by Polar itself has its own words. */
export function forgetLeaving(): void {
  tabStorage.remove(KEY)
}

export function hasLeft(): boolean {
  return tabStorage.get(KEY) !== undefined
}

/**
 * Whether this tab left for Polar. Polar's first step has no button to decline, so people come back
 * with Back, and the app hears nothing. The front page then knows it from here.
 */
import { tabStorage } from './storage.ts'

const KEY = 'polar-connect:left'

export function noteLeaving(): void {
  tabStorage.set(KEY, '1')
}

/** If Polar itself returns people, the page has other words for it. */
export function forgetLeaving(): void {
  tabStorage.remove(KEY)
}

export function hasLeft(): boolean {
  return tabStorage.get(KEY) !== undefined
}

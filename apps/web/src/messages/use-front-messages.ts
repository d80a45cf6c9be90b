/** The texts of the front pages and the frame. A hook, for the same reason as `useMessages`. */
import { front, type FrontMessages } from './front.ts'

export function useFrontMessages(): FrontMessages {
  return front
}

/** What a developer should look at first. @param code of a failed sign-in. */
export function useDeveloperHint(code: string): string {
  const { developerHints: hints } = useFrontMessages()
  const key = code.replace('authorization_error.', '')
  return Object.hasOwn(hints, key) ? hints[key as keyof typeof hints] : hints.other
}

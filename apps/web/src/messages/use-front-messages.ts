/** The texts of the front pages and the frame, by context: another language is another value. */
import { createContext, useContext } from 'react'
import { front, type FrontMessages } from './front.ts'

export const FrontMessagesContext = createContext<FrontMessages>(front)

export function useFrontMessages(): FrontMessages {
  return useContext(FrontMessagesContext)
}

/** What a developer should look at first. @param code of a failed sign-in. */
export function useDeveloperHint(code: string): string {
  const { developerHints: hints } = useFrontMessages()
  const key = code.replace('authorization_error.', '')
  return Object.hasOwn(hints, key) ? hints[key as keyof typeof hints] : hints.other
}

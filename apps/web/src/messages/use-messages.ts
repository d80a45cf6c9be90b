/** The words of the app for the components below: another language is another value. */
import { createContext, useContext } from 'react'
import { en, type Messages } from './en.ts'

export const MessagesContext = createContext<Messages>(en)

export function useMessages(): Messages {
  return useContext(MessagesContext)
}

/** The first of the reader's languages that there are messages in, with its region. */
export function decideLocale(languages: readonly string[]): string {
  return languages.find((language) => /^en\b/.test(language)) ?? 'en-US'
}

export function useLocale(): string {
  return decideLocale(navigator.languages)
}

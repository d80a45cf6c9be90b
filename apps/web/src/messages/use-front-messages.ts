/** The words of the front pages and the frame for the components below: another language is another value. */
import { createContext, useContext } from 'react'
import { front, type FrontMessages } from './front.ts'

export const FrontMessagesContext = createContext<FrontMessages>(front)

export function useFrontMessages(): FrontMessages {
  return useContext(FrontMessagesContext)
}

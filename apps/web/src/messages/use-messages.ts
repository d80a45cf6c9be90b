/** The texts of the app. A hook, so that another language can come without a change of its callers. */
import { en, type Messages } from './en.ts'

export function useMessages(): Messages {
  return en
}

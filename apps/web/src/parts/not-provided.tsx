/** What Polar does not tell: a dash to the eye, words to whoever listens. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'

export function NotProvided(): ReactNode {
  const { notProvided } = useMessages()
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="pc-visually-hidden">{notProvided}</span>
    </>
  )
}

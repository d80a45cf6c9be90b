/** A value that Polar does not give: a dash for the eye, words for screen readers. */
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

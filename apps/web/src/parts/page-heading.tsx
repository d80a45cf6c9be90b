/**
 * The one heading of a page. After a navigation it names the document and takes the focus, so that
 * screen readers announce the page. The first load leaves the focus alone.
 */
import { createContext, useContext, useEffect, useRef, type ReactNode } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'
import { useFrontMessages } from '../messages/use-front-messages.ts'

/** The key of the location that the app was opened at. */
export const FirstLocationContext = createContext('default')

interface PageHeadingProps {
  readonly title: string
  /** Takes the focus on the first load too: for a page that shows the result of logging out. */
  readonly focusAlways?: boolean
  readonly children?: ReactNode
}

export function PageHeading({ title, focusAlways, children }: PageHeadingProps): ReactNode {
  const messages = useFrontMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  const opened = useLocation().key === useContext(FirstLocationContext)
  const back = useNavigationType() === NavigationType.Pop
  const arrival = useRef({ focus: focusAlways === true || !opened, scroll: !back })

  useEffect(() => {
    document.title = messages.documentTitle(title)
  }, [messages, title])
  useEffect(() => {
    const { focus, scroll } = arrival.current
    if (scroll) scrollTo(0, 0)
    if (focus) heading.current?.focus({ preventScroll: true })
  }, [])

  return (
    <div className="pc-heading">
      <h1 ref={heading} tabIndex={-1}>
        <bdi>{title}</bdi>
      </h1>
      {children}
    </div>
  )
}

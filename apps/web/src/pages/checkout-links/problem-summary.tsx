/** The faults of a form, above it, with a link to each field. It takes the focus when it appears. */
import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react'
import type { LinkField, LinkProblem } from '../../data/link-problems.ts'
import type { Messages } from '../../messages/en.ts'
import { useMessages } from '../../messages/use-messages.ts'

interface ProblemSummaryProps {
  readonly problems: readonly LinkProblem[]
  /** The elements of the fields. */
  readonly ids: Readonly<Record<LinkField, string>>
}

export function ProblemSummary({ problems, ids }: ProblemSummaryProps): ReactNode {
  const { checkoutLinks: words } = useMessages()
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    summary.current?.focus()
    // Firefox scrolls a focused element below the header.
    const header = document.querySelector('.pc-header')?.getBoundingClientRect().bottom ?? 0
    const { top = header } = summary.current?.getBoundingClientRect() ?? {}
    if (top < header) scrollBy(0, top - header)
  }, [])
  const fields = problems.flatMap(({ field }) => (field === undefined ? [] : [words[field]]))
  return (
    <div ref={summary} className="pc-problems" role="alert" tabIndex={-1}>
      <h2>{fields.length === 0 ? words.notAccepted : words.check(fields)}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.field ?? ''}>
            {problem.field === undefined ? (
              sayProblem(problem, words)
            ) : (
              <a href={`#${ids[problem.field]}`} onClick={goToField}>
                {sayProblem(problem, words)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The address stays: it belongs to the page, not to a place in it. */
function goToField(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault()
  const field = document.getElementById(event.currentTarget.hash.slice(1))
  const input = field instanceof HTMLFieldSetElement ? field.querySelector('input') : field
  input?.focus()
}

/** @param words Polar's own if Polar refused it. */
export function sayProblem({ reason }: LinkProblem, words: Messages['checkoutLinks']): string {
  return typeof reason === 'string' ? words[reason] : reason.said
}

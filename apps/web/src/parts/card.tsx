/** A part of a page with a heading of its own. */
import { useId, type ComponentProps, type ReactNode } from 'react'

interface CardProps extends Omit<ComponentProps<'section'>, 'title'> {
  readonly title: ReactNode
  /** Shown beside the heading. */
  readonly aside?: ReactNode
}

export function Card({ title, aside, className, children, ...rest }: CardProps): ReactNode {
  const id = useId()
  const heading = <h2 id={id}>{title}</h2>
  return (
    <section {...rest} className={`pc-card ${className ?? ''}`.trim()} aria-labelledby={id}>
      {aside === undefined ? (
        heading
      ) : (
        <div className="pc-who">
          {aside}
          {heading}
        </div>
      )}
      {children}
    </section>
  )
}

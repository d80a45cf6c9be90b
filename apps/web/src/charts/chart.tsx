/** One series of values: a heading with the total, the drawing, a sentence, and the same as a table. */
import { useId, useState, type ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Badge } from '../parts/badge.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Plot, type ChartForm } from './plot.tsx'
import type { ChartPoint } from './shapes.ts'
import { useShownTable } from './shown-tables.ts'
import type { ValueAxis } from './value-axis.ts'

export interface NamedPoint extends ChartPoint {
  /** Below the axis and in the read-out: `Nov 11`. */
  readonly short: string
  /** Spoken: `November 11`. */
  readonly long: string
  /** In the table: `Nov 11, 2026`. */
  readonly full: string
}

interface ChartProps {
  /** The same on every page that has the chart. */
  readonly id: string
  readonly title: string
  /** `$4,210.00`, and `in the last 30 days`. */
  readonly value: string
  readonly of: string
  readonly caption: string
  readonly form: ChartForm
  readonly points: readonly NamedPoint[]
  readonly axis: ValueAxis
  readonly tick: (value: number) => string
  readonly format: (value: number) => string
  /** Shown if there is no value: `No orders`. */
  readonly none: string
  readonly columns: { readonly bucket: string; readonly value: string }
  readonly onDownload: () => void
}

export function Chart(props: ChartProps): ReactNode {
  const { id, title, value, of, caption, form, points, axis, tick, format, none, columns } = props
  const { charts: words } = useMessages()
  const [heading, captionId] = [useId(), useId()]
  const [shown, toggle] = useShownTable(id)
  const [selected, setSelected] = useState<number>()
  const point = selected === undefined ? undefined : points[selected]
  const say = (each: number | undefined) => (each === undefined ? none : format(each))
  const tell = ({ value: now, before, partial }: NamedPoint, name: string) =>
    words.readout(name, say(now), before === undefined ? undefined : format(before), partial)
  return (
    <figure className="pc-chart">
      <div className="pc-chart__head">
        <h3 id={heading}>{title}</h3>
        <p>
          <strong translate="no">{value}</strong> <span>{of}</span>
        </p>
      </div>
      <output className="pc-visually-hidden" aria-live="polite" aria-atomic="true">
        {point && tell(point, point.long)}
      </output>
      <Plot
        form={form}
        points={points}
        axis={axis}
        tick={tick}
        label={(index) => points[index]?.short ?? ''}
        readout={point && tell(point, point.short)}
        selected={selected}
        onSelect={setSelected}
        heading={heading}
        caption={captionId}
      />
      <figcaption id={captionId}>{caption}</figcaption>
      {points.some((each) => isStriped(each, form)) && (
        <p className="pc-chart__legend">{words.striped}</p>
      )}
      <div className="pc-chart__tools">
        <button
          type="button"
          className="pc-button pc-button--quiet"
          aria-expanded={shown}
          aria-describedby={heading}
          onClick={toggle}
        >
          {shown ? words.hideTable : words.showTable}
        </button>
        <button
          type="button"
          className="pc-button pc-button--quiet"
          aria-describedby={heading}
          onClick={props.onDownload}
        >
          {words.download}
        </button>
      </div>
      {shown && <ChartTable title={title} points={points} say={say} columns={columns} />}
    </figure>
  )
}

/** A bar of zero has no stripes, and neither has an unknown value. */
function isStriped({ value, partial }: ChartPoint, form: ChartForm): boolean {
  return partial && value !== undefined && (form !== 'bars' || value !== 0)
}

interface ChartTableProps extends Pick<ChartProps, 'title' | 'points' | 'columns'> {
  readonly say: (value: number | undefined) => string
}

function ChartTable({ title, points, say, columns }: ChartTableProps): ReactNode {
  const { charts: words } = useMessages()
  const compared = points.some(({ before }) => before !== undefined)
  return (
    <div
      className="pc-table-scroll pc-chart__table"
      role="region"
      aria-label={words.table(title)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
      tabIndex={0}
    >
      <table>
        <caption className="pc-visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.bucket}</th>
            <th scope="col" className="pc-number">
              {columns.value}
            </th>
            {compared && (
              <th scope="col" className="pc-number">
                {words.before}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.key}>
              <th scope="row">
                <time dateTime={point.key}>{point.full}</time>
                {point.partial && <Badge tone="neutral">{words.soFar}</Badge>}
              </th>
              <td className="pc-number" translate="no">
                {say(point.value)}
              </td>
              {compared && (
                <td className="pc-number" translate="no">
                  {point.before === undefined ? <NotProvided /> : say(point.before)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

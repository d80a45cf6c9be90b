/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions --
   the arrow keys go along the points of a chart, which is one stop of the Tab key */
/**
 * The drawing of a chart. People move along its points by pointer, touch and keys. Everything is in
 * percent of its box and in pixels of the screen: it fits any width, and its text never shrinks.
 */
import { useId, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { decideLabels, decidePoint } from './point-axis.ts'
import { middleOf, toBars, toCurve, type ChartPoint } from './shapes.ts'
import type { ValueAxis } from './value-axis.ts'

export type ChartForm = 'bars' | 'area' | 'line'

interface PlotProps {
  readonly form: ChartForm
  readonly points: readonly ChartPoint[]
  readonly axis: ValueAxis
  readonly tick: (value: number) => string
  readonly label: (index: number) => string
  /** What the selected point says. */
  readonly readout: string | undefined
  readonly selected: number | undefined
  readonly onSelect: (index: number | undefined) => void
  /** The element that names it. */
  readonly heading: string
  /** The element that describes it in a sentence. */
  readonly caption: string
}

export function Plot(props: PlotProps): ReactNode {
  const { form, points, axis, tick, label, readout, selected, onSelect, heading, caption } = props
  const { charts: words } = useMessages()
  const hatch = useId()
  const count = points.length
  const foot = `${axis.at(0)}%`

  function onKeyDown(event: KeyboardEvent): void {
    const next = decidePoint(event.key, selected, count)
    if (next === undefined || count === 0) return
    event.preventDefault()
    onSelect(next ?? undefined)
  }

  function onPointer(event: PointerEvent<SVGSVGElement>): void {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const at = Math.floor(((event.clientX - left) / width) * count)
    if (count > 0) onSelect(Math.max(0, Math.min(at, count - 1)))
  }

  return (
    <div
      className="pc-plot"
      role="group"
      translate="no"
      aria-roledescription={words.chart}
      aria-labelledby={heading}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {/* A strip that is always there. Its share of the width moves the text inward at both ends. */}
      <div className="pc-plot__readout" aria-hidden="true">
        {selected !== undefined && (
          <span
            style={{
              insetInlineStart: `${middleOf(selected, count)}%`,
              translate: `-${middleOf(selected, count)}% 0`,
            }}
          >
            {readout}
          </span>
        )}
      </div>
      <svg
        role="img"
        aria-labelledby={`${heading} ${caption}`}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={({ pointerType }) => {
          // Lifting a finger also leaves: people read the chosen point after that.
          if (pointerType !== 'touch') onSelect(undefined)
        }}
      >
        <defs>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className="pc-plot__tint" width="6" height="6" />
            <rect className="pc-plot__stripe" width="2" height="6" />
          </pattern>
        </defs>
        {/* What a pointer meets between the marks. */}
        <rect width="100%" height="100%" fill="transparent" />
        {axis.ticks.map((value) => (
          <g key={value}>
            <line
              className={value === 0 ? 'pc-plot__foot' : 'pc-plot__grid'}
              x1="0"
              x2="100%"
              y1={`${axis.at(value)}%`}
              y2={`${axis.at(value)}%`}
            />
            <text x="0" y={`${axis.at(value)}%`} dx="-8" dy="4" textAnchor="end">
              {tick(value)}
            </text>
          </g>
        ))}
        {selected !== undefined && (
          <line
            className="pc-plot__cursor"
            x1={`${middleOf(selected, count)}%`}
            x2={`${middleOf(selected, count)}%`}
            y2="100%"
          />
        )}
        {form === 'bars' ? (
          <Bars points={points} axis={axis} hatch={hatch} foot={foot} />
        ) : (
          <Curve points={points} axis={axis} hatch={hatch} filled={form === 'area'} />
        )}
        <Before points={points} axis={axis} covered={selected !== undefined} />
        {form !== 'bars' && <SelectedDot point={selected} points={points} axis={axis} />}
        {decideLabels(count).map(({ index, always }) => (
          <g key={index} className={always ? undefined : 'pc-plot__label--wide'}>
            <rect
              className="pc-plot__mark"
              x={`${middleOf(index, count)}%`}
              y="100%"
              width="1"
              height="4"
            />
            <text x={`${middleOf(index, count)}%`} y="100%" dy="20" textAnchor="middle">
              {label(index)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  )
}

interface MarksProps {
  readonly points: readonly ChartPoint[]
  readonly axis: ValueAxis
  /** The id of the pattern for a bucket that is not complete. */
  readonly hatch: string
}

/** Lower bars are under a pixel, harder to see than the mark of zero. They get that mark too. */
const LEAST_HEIGHT = 0.6

function Bars({ points, axis, hatch, foot }: MarksProps & { readonly foot: string }): ReactNode {
  return toBars(points, axis).map(({ index, x, width, y, height, partial }) =>
    height < LEAST_HEIGHT ? (
      <line
        key={index}
        className="pc-plot__zero"
        x1={`${x}%`}
        x2={`${x + width}%`}
        y1={foot}
        y2={foot}
      />
    ) : (
      <rect
        key={index}
        className="pc-plot__bar"
        x={`${x}%`}
        width={`${width}%`}
        y={`${y}%`}
        height={`${height}%`}
        {...(partial && { style: { fill: `url(#${hatch})` } })}
      />
    ),
  )
}

function Curve({
  points,
  axis,
  hatch,
  filled,
}: MarksProps & { readonly filled: boolean }): ReactNode {
  const whole = toCurve(
    points.map(({ value }) => value),
    axis,
  )
  const share = 100 / points.length
  return (
    <>
      {/* Stretched to the plot; its strokes keep their width. */}
      <svg className="pc-plot__curve" viewBox="0 0 100 100" preserveAspectRatio="none">
        <path className={filled ? 'pc-plot__area' : 'pc-plot__tint'} d={whole.area} />
        <path className="pc-plot__line" d={whole.line} />
      </svg>
      {points.map(
        ({ key, value }, index) =>
          value !== undefined &&
          points[index - 1]?.value === undefined &&
          points[index + 1]?.value === undefined && (
            <circle
              key={key}
              className="pc-plot__alone"
              cx={`${middleOf(index, points.length)}%`}
              cy={`${axis.at(value)}%`}
              r="3"
            />
          ),
      )}
      {points.map(
        ({ key, value, partial }, index) =>
          partial &&
          value !== undefined && (
            <rect
              key={key}
              className="pc-plot__going-on"
              x={`${index * share}%`}
              width={`${share}%`}
              height="100%"
              style={{ fill: `url(#${hatch})` }}
            />
          ),
      )}
    </>
  )
}

interface SelectedDotProps {
  readonly point: number | undefined
  readonly points: readonly ChartPoint[]
  readonly axis: ValueAxis
}

function SelectedDot({ point, points, axis }: SelectedDotProps): ReactNode {
  const value = point === undefined ? undefined : points[point]?.value
  if (point === undefined || value === undefined) return null
  return (
    <circle
      className="pc-plot__dot"
      cx={`${middleOf(point, points.length)}%`}
      cy={`${axis.at(value)}%`}
      r="4"
    />
  )
}

/** The name's largest share of the width: in a narrow plot, and in one as wide as the page. */
const NAME_SHARES = { narrow: 0.45, wide: 0.18 } as const
/** In percent of the height: above this there is no room for a line of text. */
const NAME_ROOM = 10

interface BeforeProps extends Omit<MarksProps, 'hatch'> {
  /** Whether the strip above the plot has something to say. */
  readonly covered: boolean
}

/** The previous period: a dashed line with its name at its end, on top of the drawing. */
function Before({ points, axis, covered }: BeforeProps): ReactNode {
  const { charts: words } = useMessages()
  const values = points.map(({ before }) => before)
  const last = values.findLastIndex((value) => value !== undefined)
  if (last < 0) return null
  const topWithin = (share: number) => {
    const below = points.slice(Math.max(0, Math.floor(last - share * points.length)), last + 1)
    return Math.min(
      ...below.flatMap(({ value = 0, before = 0 }) => [axis.at(value), axis.at(before)]),
    )
  }
  return (
    <>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none">
        <path className="pc-plot__before" d={toCurve(values, axis).line} />
      </svg>
      {(['narrow', 'wide'] as const).map((width) => {
        const top = topWithin(NAME_SHARES[width])
        const inStrip = top < NAME_ROOM
        if (inStrip && covered) return null
        return (
          <text
            key={width}
            className={`pc-plot__before-name pc-plot__before-name--${width}`}
            x={`${middleOf(last, points.length)}%`}
            y={`${inStrip ? 0 : top}%`}
            dy="-6"
            textAnchor="end"
          >
            {words.previous}
          </text>
        )
      })}
    </>
  )
}

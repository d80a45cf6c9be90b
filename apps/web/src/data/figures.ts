/**
 * Figures as Polar sends them, checked: every bucket has its day, every value is a number or
 * absent.
 */
import { ConnectError } from '@polar-connect/browser'
import type { models } from '@polar-sh/sdk/2026-10'
import {
  addDays,
  addMonths,
  dayAt,
  isCalendarDay,
  startOfMonth,
  type CalendarDay,
} from '../format/calendar-day.ts'
import type { MetricType } from '../format/metric-value.ts'
import { divisorOf, METRICS, type MetricSlug } from './metric.ts'
import type { Interval, Period, Span } from './period.ts'

/** What was asked for. It stays with the answer, so that words and figures are of the same days. */
export interface Question {
  readonly period: Period
  readonly span: Span
  readonly interval: Interval
  readonly productId?: string
  readonly customerId?: string
}

type Values = Readonly<Partial<Record<MetricSlug, number>>>

export interface Bucket {
  /** The first day of it. */
  readonly day: CalendarDay
  readonly values: Values
}

export interface Figures {
  readonly question: Question
  readonly buckets: readonly Bucket[]
  readonly totals: Values
  readonly types: Readonly<Record<MetricSlug, MetricType>>
}

/**
 * @param timeZone in which the buckets were asked for.
 * @throws {ConnectError} `bad_response` if there are no buckets.
 */
export function parseFigures(
  answer: models.MetricsResponse,
  question: Question,
  slugs: readonly MetricSlug[],
  timeZone: string,
): Figures {
  // The types of the SDK hold only while Polar has the version of the SDK.
  const { periods, totals, metrics } = answer as Partial<Record<keyof typeof answer, unknown>>
  if (!Array.isArray(periods)) throw new ConnectError('bad_response')
  const definitions = toRecord(metrics)
  const types = slugs.map((slug) => [slug, toType(toRecord(definitions[slug])['type'], slug)])
  return {
    question,
    buckets: periods.map((period) => ({
      day: toDay(toRecord(period)['timestamp'], timeZone),
      values: pick(period, slugs),
    })),
    totals: pick(totals, slugs),
    types: { ...DEFAULT_TYPES, ...Object.fromEntries(types) },
  }
}

const DEFAULT_TYPES = Object.fromEntries(
  Object.entries(METRICS).map(([slug, { type }]) => [slug, type]),
) as Record<MetricSlug, MetricType>

const TYPES: readonly MetricType[] = ['scalar', 'currency', 'currency_sub_cent', 'percentage']

function toType(value: unknown, slug: MetricSlug): MetricType {
  return TYPES.find((type) => type === value) ?? METRICS[slug].type
}

/** Polar leaves out what it does not know. A share of nothing is none, and Polar sends 0 for it. */
function pick(value: unknown, slugs: readonly MetricSlug[]): Values {
  const record = toRecord(value)
  const known = slugs.filter((slug) => {
    const divisor = divisorOf(slug)
    return Number.isFinite(record[slug]) && (divisor === undefined || record[divisor] !== 0)
  })
  return Object.fromEntries(known.map((slug) => [slug, record[slug]]))
}

/** A moment becomes the day in the zone that was asked for. A day is the same in every zone. */
function toDay(value: unknown, timeZone: string): CalendarDay {
  const text = String(value)
  if (isCalendarDay(text)) return text
  const moment = Date.parse(text)
  if (Number.isNaN(moment)) throw new ConnectError('bad_response')
  return dayAt(moment, timeZone)
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/**
 * The value of `slug` over some of the days: their sum, or the level on the last one.
 *
 * @param figures by the day.
 */
export function valueOf(
  { buckets }: Figures,
  slug: MetricSlug,
  { from, to }: Span,
): number | undefined {
  const values = buckets
    .filter(({ day }) => from <= day && day <= to)
    .flatMap((bucket) => bucket.values[slug] ?? [])
  return METRICS[slug].kind === 'level' ? values.at(-1) : sum(values)
}

function sum(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0)
}

/** The same by the month: sums are added, and a level is the last one. */
export function byMonth(figures: Figures): Figures {
  const { question, buckets } = figures
  const months = [...new Set(buckets.map(({ day }) => startOfMonth(day)))]
  const slugs = Object.keys(METRICS) as MetricSlug[]
  const valuesOf = (from: CalendarDay) => {
    const month = { from, to: addDays(addMonths(from, 1), -1) }
    const values = slugs.map((slug) => [slug, valueOf(figures, slug, month)] as const)
    return Object.fromEntries(values.filter(([, value]) => value !== undefined))
  }
  return {
    ...figures,
    question: { ...question, interval: 'month' },
    buckets: months.map((day) => ({ day, values: valuesOf(day) })),
  }
}

export function isAllZero({ buckets }: Figures): boolean {
  return buckets.every(({ values }) => Object.values(values).every((value) => value === 0))
}

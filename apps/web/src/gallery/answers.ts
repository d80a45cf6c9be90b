/** What Polar answers in the gallery. */
import { RESOURCES } from '../resources/table.ts'
import * as fixtures from './fixtures.ts'
import { list, RECORDS } from './fixtures.ts'
import type { Answer } from './stage.tsx'

/** How many records there are of each kind: more than one page. */
const MANY = 134

/** By the ends of their paths below the API. All other calls stay without an answer. */
const answers =
  (known: Readonly<Record<string, () => Response>>): Answer =>
  (path) =>
    known[path.replace('/bff/api/v1/', '').replace(/\/$/, '')]?.() ??
    new Promise<Response>(() => undefined)

/** Each record by its own path. */
const ITEMS = Object.fromEntries(
  RESOURCES.flatMap(({ name, path }) =>
    RECORDS[name].map((record) => [`${path}/${record.id}`, () => Response.json(record)] as const),
  ),
)

export const FULL = answers({
  ...ITEMS,
  ...Object.fromEntries(RESOURCES.map(({ name, path }) => [path, () => list(RECORDS[name], MANY)])),
  refunds: () => list(fixtures.REFUNDS),
  metrics: () => fixtures.metrics(),
  'metrics/limits': fixtures.metricsLimits,
})

export const EMPTY = answers({
  ...ITEMS,
  ...Object.fromEntries(RESOURCES.map(({ path }) => [path, () => list([])])),
  metrics: () => fixtures.metrics(0),
  'metrics/limits': fixtures.metricsLimits,
})

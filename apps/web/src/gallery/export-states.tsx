/** The export of a long list, from its first page to its end. */
import { en } from '../messages/en.ts'
import { ExportProvider } from '../resources/export-bar.tsx'
import { FULL } from './answers.ts'
import { screens } from './data-pages.tsx'
import { Pressed, stage, type Entry } from './entry.tsx'
import { list, RECORDS, refusal } from './fixtures.ts'
import { ShownToast } from './parts.tsx'
import type { Answer } from './stage.tsx'

const [ORDER] = RECORDS.orders
const PAGE = Array.from({ length: 100 }, (_, index) => ({ ...ORDER, id: `exported-${index}` }))

/** Orders with a first page that loads. @param rest Polar's answer to the other pages */
const exporting =
  (rest: Answer, total = 4812): Answer =>
  (path, query, method) => {
    if (query.get('limit') !== '100') return FULL(path, query, method)
    return query.get('page') === '1' ? list(PAGE, total) : rest(path, query, method)
  }

const never = () => new Promise<never>(() => undefined)

const state = (name: string, answer: Answer, pressed: readonly string[] = []): Entry =>
  stage(
    name,
    <ExportProvider>
      <Pressed names={['Export CSV', ...pressed]}>{screens}</Pressed>
    </ExportProvider>,
    { path: '/dashboard/orders', answer },
  )

export const EXPORT_STATES: readonly Entry[] = [
  state('export-running', exporting(never)),
  state(
    'export-paused',
    exporting(() => refusal(429, { 'Retry-After': '600' })),
  ),
  state(
    'export-stopped',
    exporting(() => refusal(404)),
  ),
  state('export-too-many', exporting(never, 50_001)),
  state('export-cancelled', exporting(never), ['Cancel']),
  stage('export-done', <ShownToast text={en.exporting.done(en.orders.count(4812))} />),
]

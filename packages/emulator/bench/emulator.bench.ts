/** How soon the emulator is ready, and how fast it answers with the large data set. */
import { createEmulator } from '../src/index.ts'

const ROUNDS = 60
const ACME = '1dbfc517-0bbf-4301-9ba8-555ca42b9731'

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

async function ready(dataset: 'small' | 'large'): Promise<number> {
  return timed(async () => {
    const emulator = createEmulator({ dataset })
    const { url, close } = await emulator.listen()
    await fetch(`${url}/_emulator/health`)
    await close()
  })
}

const row = (name: string, value: number, compared: string) =>
  console.log(`  ${name.padEnd(44)} ${value.toFixed(1).padStart(8)} ms   ${compared}`)

console.log('emulator')
const small = await ready('small')
const large = await ready('large')
row('ready with the small set', small, '')
row(
  'ready with the large set (5,000 orders)',
  large,
  `${(large / small).toFixed(1)} × the small set; at most 2000`,
)

const { url, close } = await createEmulator({ dataset: 'large' }).listen()
const minted = await fetch(`${url}/_emulator/grants`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    person: 'ada@example.com',
    organizations: [ACME],
    scopes: ['orders:read', 'metrics:read'],
  }),
})
const { access_token: token } = (await minted.json()) as { access_token: string }

async function medianOf(path: string, warmUp: number): Promise<number> {
  const ask = () =>
    timed(async () => {
      const response = await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } })
      const body = await response.text()
      if (!response.ok) throw new Error(`${path}: ${response.status} ${body}`)
    })
  for (let round = 0; round < warmUp; round += 1) await ask()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) times.push(await ask())
  return median(times)
}

const today = new Date()
const day = (date: Date) => date.toISOString().slice(0, 10)
const yearAgo = new Date(today.getTime() - 364 * 86_400_000)
const year = `/v1/metrics/?start_date=${day(yearAgo)}&end_date=${day(today)}&interval=day`

const bare = await medianOf('/_emulator/health', 10)
row('a bare answer, at the median', bare, '')
const page = await medianOf('/v1/orders/?limit=100&page=20', 3)
row(
  'a page of 100 orders, at the median',
  page,
  `${(page / bare).toFixed(1)} × the bare answer; at most 50`,
)
const metrics = await medianOf(year, 3)
row(
  'a year of metrics by day, at the median',
  metrics,
  `${(metrics / bare).toFixed(1)} × the bare answer; at most 50`,
)
await close()

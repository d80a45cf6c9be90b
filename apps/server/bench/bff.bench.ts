/**
 * The cost of the defences: the built server beside Hono's own proxy helper and beside `node:http`
 * with undici, both without a session. All three use the same upstream, each in a process of its own.
 * They take turns, so that other work on the machine slows all of them alike.
 *
 *   node bench/bff.bench.ts [part of a row's name]
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createKeyRing } from '@polar-connect/bff'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { createSessionSeal } from '../../../packages/bff/src/sealing/sealed-session.ts'
import { freePort, randomSecret } from '../../web/e2e/app-process.ts'
import { createPerson } from '../../web/e2e/security/person.ts'
import { load, medianOf, type Load } from './load.ts'

const ROUNDS = 3
/** On a busy machine, time alone would not get the code compiled. */
const WARM_CALLS = 5000
const SLICES = 8
const SLICE_SECONDS = 0.25
/** One call of each is in flight, and each belongs to another session. */
const CONNECTIONS = 32
/** As many as the server remembers, and so many that each call must open its cookie. */
const MANY_SESSIONS = [10_000, 20_000] as const
const STARTS = 5
const PROCESSOR = '  processor time a call, µs'

const [, , wanted = ''] = process.argv
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const children = new Set<ChildProcess>()
const polar = `http://127.0.0.1:${await freePort()}`
const appPort = await freePort()
const app = `http://localhost:${appPort}`
const secret = randomSecret()
const SERVERS = {
  bare: { file: 'bare-server.mjs', port: await freePort() },
  raw: { file: 'raw-server.mjs', port: await freePort() },
  ours: { file: '../dist/node.js', port: appPort },
} as const
type Name = keyof typeof SERVERS
const NAMES = Object.keys(SERVERS) as Name[]
type Figures = Readonly<Record<Name, number>>

try {
  await start('polar-front.ts', `${polar}/v1/products/?limit=1`, {
    PORT: new URL(polar).port,
    REDIRECT_URI: `${app}/auth/callback`,
  })
  const first = await startServer('ours')
  const cookies = await manyCookies()
  const headersOf = (cookie: string | undefined) => ({
    'X-CSRF': '1',
    'Sec-Fetch-Site': 'same-origin',
    Cookie: cookie ?? '',
  })
  const asked = await fetch(`${app}/bff/session`, { headers: headersOf(cookies[0]) })
  const session = await asked.text()
  const [bare, raw] = [await startServer('bare', session), await startServer('raw', session)]
  const pids: Figures = { ours: first.pid ?? NaN, bare: bare.pid ?? NaN, raw: raw.pid ?? NaN }

  /** Some calls to each warm up. Then each round has many short slices, of all servers in turn. */
  async function rounds(path: string, connections: number, sessions: number) {
    const calls = { bare: 0, raw: 0, ours: 0 }
    const slice = (name: Name) => {
      const origin = `http://127.0.0.1:${SERVERS[name].port}`
      const headers = () => headersOf(cookies[calls[name]++ % sessions])
      return load({ origin, path, headers, pid: pids[name] }, SLICE_SECONDS, connections)
    }
    for (const name of NAMES) {
      for (let warm = 0; warm < WARM_CALLS;) warm += (await slice(name)).calls
    }
    const all: Record<Name, Load[]>[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const loads: Record<Name, Load[]> = { bare: [], raw: [], ours: [] }
      for (let index = 0; index < SLICES; index += 1) {
        for (const name of NAMES) loads[name].push(await slice(name))
      }
      all.push(loads)
    }
    return (figure: (loads: readonly Load[]) => number): Figures[] =>
      all.map(({ bare: b, raw: r, ours: o }) => ({
        bare: figure(b),
        raw: figure(r),
        ours: figure(o),
      }))
  }

  console.log(`  ${'to bare Hono'.padEnd(36)} bare Hono        raw       ours   ratio  (rounds)`)
  if (asks('GET of 256 bytes')) {
    const small = await rounds('/bff/api/v1/products/?limit=1', CONNECTIONS, CONNECTIONS)
    row('GET of 256 bytes, calls/s', small(callsPerSecond), { least: 1.4 })
    row(PROCESSOR, small(cpuMicroseconds), { most: 0.75 })
  }
  if (asks('GET of 10 KB')) {
    const large = await rounds('/bff/api/v1/products/?limit=100', CONNECTIONS, CONNECTIONS)
    row('GET of 10 KB, calls/s', large(callsPerSecond), { least: 1.2 })
    row(PROCESSOR, large(cpuMicroseconds))
  }
  if (asks('session check')) {
    const checks = await rounds('/bff/session', CONNECTIONS, CONNECTIONS)
    row('session check, calls/s', checks(callsPerSecond), { least: 0.3 })
    row(PROCESSOR, checks(cpuMicroseconds))
  }
  if (asks('1 connection')) {
    const alone = await rounds('/bff/api/v1/products/?limit=1', 1, 1)
    row('GET at 1 connection, ms for half', alone(halfWithin), { most: 1 })
  }
  for (const sessions of MANY_SESSIONS) {
    const name = `${sessions.toLocaleString('en')} sessions in turn, calls/s`
    if (!asks(name)) continue
    const before = residentMiB(pids.ours)
    const many = await rounds('/bff/api/v1/products/?limit=1', CONNECTIONS, sessions)
    row(name, many(callsPerSecond), sessions === MANY_SESSIONS[0] ? { least: 1 } : {})
    row(PROCESSOR, many(cpuMicroseconds))
    const after = residentMiB(pids.ours)
    console.log(`    our process holds ${after} MiB after it, ${before} MiB before`)
  }
  if (asks('start')) {
    await stop(first, bare, raw)
    const starts: Figures[] = []
    for (let round = 0; round < STARTS; round += 1) {
      const times: Partial<Record<Name, number>> = {}
      for (const name of NAMES) {
        const startedAt = performance.now()
        const started = await startServer(name, session)
        times[name] = performance.now() - startedAt
        await stop(started)
      }
      starts.push(times as Figures)
    }
    row('start to first answer, ms', starts, { most: 1.5 })
  }
} finally {
  await stop(...children)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

function callsPerSecond(loads: readonly Load[]): number {
  return sum(loads.map(({ calls }) => calls)) / sum(loads.map(({ seconds }) => seconds))
}

function cpuMicroseconds(loads: readonly Load[]): number {
  return (sum(loads.map((one) => one.cpuSeconds)) / sum(loads.map(({ calls }) => calls))) * 1e6
}

/** Half of the calls take at most this many milliseconds. */
function halfWithin(loads: readonly Load[]): number {
  return medianOf(loads.flatMap(({ times }) => times))
}

function asks(row: string): boolean {
  return row.includes(wanted)
}

function startServer(name: Name, session = '{}'): Promise<ChildProcess> {
  const { file, port } = SERVERS[name]
  return start(file, `http://127.0.0.1:${port}/bff/session`, {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_ORIGIN: app,
    POLAR_SERVER: polar,
    POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
    POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    // High, but there is one: the calls of each session are counted as in production.
    POLAR_RATE_LIMIT: '1000000',
    SESSION_SECRETS: secret,
    SESSION: session,
  })
}

/** Starts `file` in a process of its own, and waits until `url` answers. */
async function start(
  file: string,
  url: string,
  env: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [here(file)], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.add(child)
  const answers = () =>
    fetch(url, { headers: { 'X-CSRF': '1' } }).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`${file} did not start`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return child
}

async function stop(...ended: readonly ChildProcess[]): Promise<void> {
  for (const child of ended) {
    children.delete(child)
    const gone = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.kill('SIGKILL')) await gone
  }
}

/** One person signs in. The others have the same session under another id. */
async function manyCookies(): Promise<string[]> {
  const ignore = () => undefined
  const place = { origin: app, port: () => appPort, onAnswer: ignore, onSecret: ignore }
  const person = createPerson(place)
  const signedIn = await person.signIn()
  if (signedIn.status !== 200) throw new Error(signedIn.text)
  const [[cookie, sealed] = ['', '']] = await person.cookies()
  const seal = createSessionSeal(await createKeyRing([secret]), 'session')
  const session = await seal.open(sealed)
  if (session === undefined) throw new Error('no session to make others of')
  return Promise.all(
    Array.from({ length: Math.max(...MANY_SESSIONS) }, async (_, index) => {
      return `${cookie}=${await seal.seal({ ...session, id: `session-${index}` })}`
    }),
  )
}

function residentMiB(pid: number): number {
  const [, kib = NaN] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kib) / 1024)
}

/** The medians of the rounds, our ratio to the bare server, and its spread. */
function row(
  name: string,
  all: readonly Figures[],
  { least, most }: { readonly least?: number; readonly most?: number } = {},
): void {
  const median = (server: Name) => medianOf(all.map((figures) => figures[server]))
  const ratios = all.map((figures) => figures.ours / figures.bare)
  const ratio = medianOf(ratios)
  const misses = ratio < (least ?? -Infinity) || ratio > (most ?? Infinity)
  const limit = least ? `, at least ${least}` : most ? `, at most ${most}` : ''
  const figures = NAMES.map((server) => {
    const value = median(server)
    return (value < 10 ? value.toFixed(2) : value.toFixed(0)).padStart(10)
  }).join(' ')
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`
  console.log(
    `  ${name.padEnd(34)} ${figures} ${ratio.toFixed(2).padStart(7)}  ${spread}${limit}${misses ? '   MISSED' : ''}`,
  )
}

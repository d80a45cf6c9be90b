/**
 * What the defences cost: the built server beside a Hono server without any of them, on the same Node
 * before the same Polar, in turn. The machine's other work falls on both alike.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { freePort, randomSecret } from '../../web/e2e/app-process.ts'
import { createPerson } from '../../web/e2e/security/person.ts'
import { load, type Load, type Target } from './load.ts'

const ROUNDS = 7
const CALLS = 2000
const CONNECTIONS = 8
const PRODUCTS = '/bff/api/v1/products/?limit=1'

const children: ChildProcess[] = []
const [polarPort, appPort, barePort] = [await freePort(), await freePort(), await freePort()]
const polar = `http://127.0.0.1:${polarPort}`
const app = `http://localhost:${appPort}`
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

try {
  await start(here('polar-front.ts'), `${polar}/v1/products/`, {
    PORT: String(polarPort),
    REDIRECT_URI: `${app}/auth/callback`,
  })
  const server = await start(here('../dist/node.js'), `${app}/bff/health`, {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(appPort),
    APP_ORIGIN: app,
    POLAR_SERVER: polar,
    POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
    POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    SESSION_SECRETS: randomSecret(),
  })
  const nobody = () => undefined
  const person = createPerson({
    origin: app,
    port: () => appPort,
    onAnswer: nobody,
    onSecret: nobody,
  })
  const signedIn = await person.signIn()
  if (signedIn.status !== 200) throw new Error(signedIn.text)
  const headers = {
    'X-CSRF': '1',
    'Sec-Fetch-Site': 'same-origin',
    Cookie: await person.jar.getCookieString(app),
  }
  const session = await fetch(`${app}/bff/session`, { headers })
  const bare = await start(here('bare-server.ts'), `http://127.0.0.1:${barePort}/bff/session`, {
    PORT: String(barePort),
    POLAR_SERVER: polar,
    SESSION: await session.text(),
  })
  const pairOf = (path: string): readonly [Target, Target] => [
    { url: `http://127.0.0.1:${appPort}${path}`, headers, pid: server },
    { url: `http://127.0.0.1:${barePort}${path}`, headers, pid: bare },
  ]

  console.log('bff, beside a Hono server without defences')
  const proxied = await series(pairOf(PRODUCTS), CALLS, CONNECTIONS)
  row('a proxied GET of 256 bytes', proxied, 0.9)
  row(
    'the session check, beside a JSON answer',
    await series(pairOf('/bff/session'), CALLS, CONNECTIONS),
    0.3,
  )
  const [ours, theirs] = await series(pairOf(PRODUCTS), CALLS / 4, 1)
  const added =
    median(ours, (one) => one.percentile(0.95)) - median(theirs, (one) => one.percentile(0.95))
  console.log(
    `  ${'added to one call, for 95 of 100'.padEnd(44)} ${added.toFixed(2).padStart(8)} ms   at most 2${added <= 2 ? '' : '   OVER'}`,
  )
} finally {
  for (const child of children) child.kill()
}

/** Starts `file` as a process of its own, and waits until `url` answers. */
async function start(
  file: string,
  url: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.push(child)
  const answers = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`${file} did not start`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return child.pid ?? NaN
}

/** Ours and theirs by turns, so that neither has the machine at a better moment. */
async function series(
  [ours, theirs]: readonly [Target, Target],
  calls: number,
  connections: number,
) {
  const all: [Load[], Load[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    all[0].push(await load(ours, calls, connections))
    all[1].push(await load(theirs, calls, connections))
  }
  // The first of each warms up.
  return [all[0].slice(1), all[1].slice(1)] as const
}

function row(
  name: string,
  [ours, theirs]: readonly [readonly Load[], readonly Load[]],
  least: number,
): void {
  const calls = (one: Load) => one.callsPerSecond
  const cpu = (one: Load) => one.cpuMicroseconds
  const ratio = median(ours, calls) / median(theirs, calls)
  const figures = `${median(ours, calls).toFixed(0)} of ${median(theirs, calls).toFixed(0)} calls/s, ${median(ours, cpu).toFixed(0)} and ${median(theirs, cpu).toFixed(0)} µs of the processor`
  console.log(
    `  ${name.padEnd(44)} ${ratio.toFixed(2).padStart(8)}      at least ${least}${ratio >= least ? '' : '   UNDER'}`,
  )
  console.log(`    ${figures}`)
}

function median(loads: readonly Load[], figure: (one: Load) => number): number {
  const values = loads.map(figure).toSorted((left, right) => left - right)
  return values[Math.floor(values.length / 2)] ?? NaN
}

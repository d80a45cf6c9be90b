/** The cost of opening a session: the first time, again, and with more than are remembered. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createSessionSeal } from '../src/sealing/sealed-session.ts'
import { createTestBrowser } from '../src/testing/browser.ts'
import { testKeys } from '../src/testing/keys.ts'
import { ACME, allowing, createLocalPolar } from '../src/testing/local-polar.ts'

const SESSIONS = 10_000

const polar = await createLocalPolar()
await polar.browser.signIn(allowing(polar, [ACME]))
const [[name, sealed] = ['', '']] = [...polar.browser.cookies]
const seal = createSessionSeal(await testKeys('one'), 'session')
const session = await seal.open(sealed)
if (session === undefined) throw new Error('no session to make others of')

const sealing = await time(async () => {
  const all: string[] = []
  for (let index = 0; index < SESSIONS; index += 1) {
    all.push(await seal.seal({ ...session, id: `session-${index}` }))
  }
  return all
})
const memory = heldMiB()
const first = await time(() => askEach(sealing.result))
const again = await time(() => askEach(sealing.result))
const grown = heldMiB() - memory
const one = await time(() => askEach(Array<string>(SESSIONS).fill(sealed)))

console.log('sessions')
row('to seal one', sealing.each, '')
row(`the session check, ${SESSIONS} different in turn`, first.each, '')
row('the same once more', again.each, 'no more than some of them are remembered')
row(
  'the session check, always the same',
  one.each,
  `${(first.each / one.each).toFixed(1)} times as quick`,
)
console.log(
  `  ${'held in memory after them'.padEnd(44)} ${grown.toFixed(1).padStart(8)} MiB  beside the cookies themselves`,
)

async function askEach(cookies: readonly string[]): Promise<void> {
  const browser = createTestBrowser(polar.bff)
  for (const cookie of cookies) {
    browser.cookies.set(name, cookie)
    const answer = await browser.session()
    if (!answer.authenticated) throw new Error('not a session')
  }
}

async function time<Result>(work: () => Promise<Result>) {
  const startedAt = performance.now()
  const result = await work()
  return { result, each: ((performance.now() - startedAt) * 1000) / SESSIONS }
}

/** The memory that stays in use, in MiB. */
function heldMiB(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

function row(title: string, microseconds: number, compared: string): void {
  console.log(`  ${title.padEnd(44)} ${microseconds.toFixed(0).padStart(8)} µs   ${compared}`)
}

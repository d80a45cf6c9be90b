/**
 * One round of chaos: people who call, write, refresh and leave, while tokens expire, answers are
 * lost, the store goes and comes, processes are killed and clocks move. The emulator judges
 * at the end: a pair that it still honours must still be in use.
 */
import { systemTime, type Time } from '../../runtime/time.ts'
import { createRotations } from '../rotations.ts'
import type { Session } from '../../sealing/sealed-session.ts'
import type { TestBrowser } from '../../testing/browser.ts'
import { testKeys } from '../../testing/keys.ts'
import { allowing, createLocalPolar } from '../../testing/local-polar.ts'
import type { RedisServer } from '../../testing/redis-server.ts'
import type { Dice } from './dice.ts'
import { createInstance, turns, type Instance } from './instance.ts'
import { createPerson, type Person } from './person.ts'
import { createPolarLine, FAULTS } from './polar-line.ts'
import { createMemoryStore, createRedisStore } from './store.ts'

const ORIGIN = 'http://127.0.0.1:4567'
const PRODUCTS = '/bff/api/v1/products/?limit=1'
const LINKS = '/bff/api/v1/checkout-links/'
const SCOPES = ['openid', 'profile', 'email', 'products:read', 'checkout_links:write']
/** Longer than any pause, and far from an hour. */
const CALM_SECONDS = 61
const ROUND_TIMEOUT_MS = 120_000
/** Most of a round is waiting, so the timers of the processes run faster by this factor. */
const SPEED = 4

export interface Verdict {
  /** What must never be, each in a line. Empty is what is wanted. */
  readonly faults: readonly string[]
  /** What happened, to understand a fault by. */
  readonly story: readonly string[]
  /** Sessions that could not be saved, by what was to blame. */
  readonly lost: readonly string[]
  readonly calls: number
}

interface Grant {
  readonly id: string
  readonly ended: string | null
  readonly access_token: { readonly live: boolean }
  readonly refresh_token: { readonly value: string | null }
}

/** @param redis shared by two processes; without it they share a memory, or there is one alone. */
export async function playRound(dice: Dice, name: string, redis?: RedisServer): Promise<Verdict> {
  const story: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const stuck = new Promise<Verdict>((resolve) => {
    const faults = ['it does not come to an end']
    timer = setTimeout(() => resolve({ faults, story, lost: [], calls: 0 }), ROUND_TIMEOUT_MS)
  })
  const verdict = await Promise.race([play(dice, name, redis, story), stuck])
  clearTimeout(timer)
  return verdict
}

async function play(
  dice: Dice,
  name: string,
  redis: RedisServer | undefined,
  story: string[],
): Promise<Verdict> {
  const polar = await createLocalPolar()
  const { emulator, control } = polar
  const clock = () => emulator.clock.now()
  const time: Time = {
    now: clock,
    elapsed: () => systemTime.elapsed() * SPEED,
    after: (milliseconds, work) => systemTime.after(milliseconds / SPEED, work),
  }
  const keys = await testKeys('one')
  const store = redis ? createRedisStore(redis, `${name}:`) : createMemoryStore(emulator.clock)
  const rotations = createRotations({
    coordinator: { ...store.connect(), read: store.view.read },
    keys,
  })
  const faults: string[] = []
  const lost: string[] = []
  const written = new Map<string, boolean>()
  const underWay = new Set<Promise<unknown>>()
  /** What may have cost a pair since all was calm the last time. */
  let blame: string[] = []
  let storeIsAway = false
  let calls = 0

  const tell = (line: string) => void story.push(line)
  const must = (holds: boolean, line: string) => {
    if (holds) return
    faults.push(line)
    tell(`!!! ${line}`)
  }

  const line = createPolarLine(polar.upstream, (family) => {
    tell(`the pair of sign-in ${family} was lost on its way`)
    blame.push(`answer lost ${family}`)
  })

  const start = () =>
    createInstance({
      coordinator: store.connect(),
      upstream: line.upstream,
      dice,
      create: (options) => polar.create({ ...options, time }),
    })

  const count = redis || dice.chance(0.8) ? 2 : 1
  const instances: Instance[] = []
  for (let index = 0; index < count; index += 1) instances.push(await start())
  const anyInstance = () => instances[dice.below(instances.length)] ?? instances[0]

  /** Through whichever process the load is given to. */
  const route = {
    async fetch(request: Request): Promise<Response> {
      calls += 1
      const instance = anyInstance()
      if (instance === undefined) throw new Error('no instance')
      return instance.fetch(request)
    },
  }

  const { items: known } = await control<{ items: { id: string; email: string }[] }>(
    'GET',
    '/people',
  )
  const people = known.slice(0, 2).map((who) => createPerson(who, route, keys))
  const anyPerson = () => people[dice.below(people.length)] as Person

  async function grantsOf(person: Person): Promise<Grant[]> {
    const { items } = await control<{ items: Grant[] }>('GET', '/grants?reveal=1')
    return items.filter(
      ({ refresh_token: token }) =>
        person.family !== undefined && line.familyOf(token.value ?? '') === person.family,
    )
  }

  /** Whether a pair that Polar honours can still be reached, from a cookie and what waits for it. */
  async function canGoOn(sessions: readonly Session[], living: readonly Grant[]): Promise<boolean> {
    for (const session of sessions) {
      for (let newest = session; ;) {
        const { refreshToken } = newest
        if (living.some(({ refresh_token: token }) => token.value === refreshToken)) return true
        const rotation = await (await rotations.of(newest)).read()
        if (rotation.status !== 'rotated') break
        newest = rotation.successor
      }
    }
    return false
  }

  /** Something could not be helped, or it should have been. */
  function missed(person: Person, what: string, excuse?: string): void {
    const causes = blame.flatMap((cause) => {
      if (cause === `answer lost ${person.family}`) return 'answer lost'
      return cause.startsWith('answer lost') ? [] : cause
    })
    const reason = excuse ?? causes[0]
    must(reason !== undefined, `${person.email} ${what}`)
    tell(`${person.email} ${what}: ${reason}`)
    if (reason !== undefined) lost.push(reason)
    person.state = 'unsure'
  }

  /** Waits until nothing is under way, and looks for sessions that were lost meanwhile. */
  async function calm(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay)
    await line.idle()
    if (storeIsAway) return
    for (const instance of instances) await instance.settled()
    for (const person of people) {
      if (person.state === 'unsure' || person.family === undefined) continue
      const living = (await grantsOf(person)).filter(({ ended }) => ended === null)
      must(living.length <= 1, `${person.email} has ${living.length} living pairs`)
      if (person.state === 'left') {
        // The twin had gone ahead, longer ago than anything remembers.
        const twin = await canGoOn(await person.sessions(), living)
        const excuse = twin ? 'one cookie in two browsers' : undefined
        const isOver = async () => (await grantsOf(person)).every(({ ended }) => ended !== null)
        if (!(await comesToPass(isOver))) missed(person, 'has left, and a pair lives on', excuse)
        continue
      }
      const sessions = await person.sessions()
      // Thirty days, however often it was refreshed.
      const isOld = sessions.some(({ expiresAt }) => expiresAt - 9 * CALM_SECONDS < clock())
      if (isOld) person.state = 'unsure'
      else if (living.length === 0) {
        must(person.revoked, `${person.email}: we ended a pair without a reason`)
      } else if (!(await comesToPass(() => canGoOn(sessions, living)))) {
        missed(person, 'has lost a living session')
      }
    }
    blame = []
  }

  async function signIn(person: Person): Promise<void> {
    await calm()
    if (storeIsAway) return
    line.clear()
    await control('POST', '/sign-in', { person: person.id })
    const [main, twin] = person.browsers
    main.cookies.clear()
    twin.cookies.clear()
    const answer = await main.signIn(allowing({ emulator }), { subject: 'user', scopes: SCOPES })
    const [session] = await person.sessions()
    tell(`${person.email} signs in: ${answer.status}`)
    person.family = line.familyOf(session?.refreshToken)
    person.state = answer.status === 200 ? 'connected' : 'unsure'
    person.revoked = false
  }

  /** A call whose process dies or whose person leaves: no one sees the answer. */
  async function quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (cause) {
      if (!(cause instanceof Error && /^(killed|gone)$/.test(cause.message))) throw cause
    }
  }

  async function look(response: Response): Promise<Record<string, unknown>> {
    const text = await response.text()
    const body = /^[{[]/.test(text) ? (JSON.parse(text) as Record<string, unknown>) : {}
    must(body['code'] !== 'internal', `an internal error: ${text}`)
    return body
  }

  /** A browser that goes away keeps nothing of the answer. */
  function asked(browser: TestBrowser, goesAway: boolean): Pick<TestBrowser, 'fetch' | 'post'> {
    if (!goesAway) return browser
    const gone = browser.copy(route)
    const leave = (): never => {
      throw new Error('gone')
    }
    return {
      fetch: (...given) => gone.fetch(...given).then(leave),
      post: (...given) => gone.post(...given).then(leave),
    }
  }

  const CALLS = {
    async read(browser: Pick<TestBrowser, 'fetch'>) {
      await look(await browser.fetch(PRODUCTS))
    },
    async ask(browser: Pick<TestBrowser, 'fetch'>, person: Person) {
      const answer = await browser.fetch('/bff/userinfo')
      const body = await look(answer)
      const { email } = body
      if (answer.ok)
        must(email === person.email, `${person.email} was answered with ${String(email)}`)
    },
    async write(browser: Pick<TestBrowser, 'post'>) {
      const label = `${name} ${written.size}`
      written.set(label, false)
      const products = [productId]
      const answer = await browser.post(LINKS, { payment_processor: 'stripe', products, label })
      await look(answer)
      if (answer.status === 201) written.set(label, true)
    },
    async refresh(browser: Pick<TestBrowser, 'post'>) {
      await look(await browser.post('/bff/refresh'))
    },
  }

  function call(person: Person): void {
    const kind = dice.pick(['read', 'read', 'ask', 'write', 'refresh'] as const)
    const twin = dice.chance(0.2)
    const goesAway = dice.chance(0.15)
    tell(`${person.email} ${kind}${twin ? ' from the twin' : ''}${goesAway ? ', goes away' : ''}`)
    const work = () =>
      quietly(() => CALLS[kind](asked(person.browsers[twin ? 1 : 0], goesAway), person))
    begin(twin ? work() : person.inTurn(kind === 'refresh' ? 'alone' : 'shared', work))
  }

  function leave(person: Person): void {
    tell(`${person.email} leaves`)
    const before = person.state
    begin(
      person.inTurn('alone', () =>
        quietly(async () => {
          person.state = 'unsure'
          const answer = await person.browsers[0].post('/bff/logout')
          const { revoked } = (await answer.json()) as { revoked: boolean }
          tell(`${person.email} has left: ${revoked}`)
          if (before === 'connected' && revoked) person.state = 'left'
        }),
      ),
    )
  }

  function begin(work: Promise<unknown>): void {
    const settled = work.catch((cause: unknown) => {
      must(false, `a call broke: ${cause instanceof Error ? cause.stack : String(cause)}`)
    })
    underWay.add(settled)
    void settled.finally(() => underWay.delete(settled))
  }

  async function pass(seconds: number): Promise<void> {
    tell(`${seconds} s pass`)
    emulator.clock.advance(seconds)
    if (!storeIsAway) await store.advance(seconds)
  }

  const EVENTS = {
    async aMomentPasses() {
      await pass(1 + dice.below(12))
    },
    async tokensExpire() {
      await calm()
      await pass(dice.pick([3_600, 864_000]))
      // Whatever waited for a late caller has been dropped.
      blame.push('more than an hour')
    },
    async polarExpiresOne() {
      const living = (await grantsOf(anyPerson())).find(({ ended }) => ended === null)
      if (living) await control('POST', `/grants/${living.id}/expire-access`)
      tell('an access token ends early')
    },
    async polarRevokesOne() {
      if (!dice.chance(0.3)) return
      const person = anyPerson()
      const living = (await grantsOf(person)).find(({ ended }) => ended === null)
      if (living === undefined) return
      person.revoked = true
      tell(`${person.email} is revoked at Polar`)
      await control('POST', `/grants/${living.id}/revoke`)
    },
    async theLineBreaks() {
      const bucket = dice.pick(['token', 'token', 'api'] as const)
      const fault = dice.pick(FAULTS)
      tell(`${bucket}: ${fault}`)
      line.add(bucket, fault)
    },
    async theStoreGoes() {
      if (storeIsAway || count === 1) return
      storeIsAway = true
      const how = dice.pick(['silent', 'silent', 'gone'] as const)
      tell(`the store goes: ${how}`)
      await store.takeAway(how)
    },
    async theStoreReturns() {
      if (!storeIsAway) return
      storeIsAway = false
      const forgot = await store.bringBack()
      tell(`the store returns${forgot ? ' and has forgotten all' : ''}`)
      if (forgot) blame.push('store forgot')
    },
    async oneIsKilled() {
      if (!dice.chance(0.5)) return
      const index = dice.below(instances.length)
      tell(`process ${index} is killed`)
      instances[index]?.kill()
      blame.push('process killed')
      instances[index] = await start()
    },
    async cookiesAreCopied() {
      const person = anyPerson()
      const [main, twin] = person.browsers
      const [mine, other] = await person.sessions()
      // Whoever lays a copy over the only living cookie has thrown it away.
      if (mine && other && other.generation > mine.generation) return
      twin.cookies.clear()
      for (const [key, value] of main.cookies) twin.cookies.set(key, value)
      tell('cookies are copied to the twin')
    },
    async aPersonLeaves() {
      if (dice.chance(0.3)) leave(anyPerson())
    },
    async aPersonReturns() {
      const person = people.find(({ state }) => state !== 'connected')
      if (person) await signIn(person)
    },
  }
  const names = Object.keys(EVENTS) as [keyof typeof EVENTS, ...(keyof typeof EVENTS)[]]

  let productId = ''
  for (const person of people) await signIn(person)
  const [first] = people
  if (first === undefined) throw new Error('no people')
  const listed = await look(await first.browsers[0].fetch(PRODUCTS))
  productId = (listed['items'] as { id: string }[])[0]?.id ?? ''

  for (let step = 10 + dice.below(20); step > 0; step -= 1) {
    if (dice.chance(0.6)) await EVENTS[dice.pick(names)]()
    for (let more = dice.below(6); more > 0; more -= 1) call(anyPerson())
    await turns(dice.below(60))
    if (dice.chance(0.4)) await calm()
  }

  await EVENTS.theStoreReturns()
  await calm()
  line.clear()
  await judge()
  store.close()
  return { faults, story, lost, calls }

  async function judge(): Promise<void> {
    await pass(CALM_SECONDS)
    for (const person of people) {
      if (person.state !== 'connected' || person.revoked) continue
      const answers: string[] = []
      for (const browser of person.browsers) {
        for (let attempt = 0; attempt < 3; attempt += 1) {
          const answer = await browser.fetch(PRODUCTS)
          const body = await look(answer)
          answers.push(`${answer.status} ${JSON.stringify(body['code'] ?? body['error'] ?? '')}`)
          if (answer.status !== 503 && answer.status !== 429) break
          await pass(CALM_SECONDS)
        }
      }
      must(
        answers.some((answer) => answer.startsWith('200')),
        `${person.email} cannot go on: ${answers.join(', ')}`,
      )
    }
    const { items } = await allLinks()
    for (const [label, confirmed] of written) {
      const times = items.filter((item) => item.label === label).length
      must(times <= 1, `${label} was written ${times} times`)
      must(!confirmed || times === 1, `${label} was confirmed and is not there`)
    }
  }

  async function allLinks(): Promise<{ items: { label: string | null }[] }> {
    const { access_token: token } = await control<{ access_token: string }>('POST', '/grants', {
      person: 'ada@example.com',
      scopes: ['checkout_links:read'],
    })
    const items: { label: string | null }[] = []
    for (let page = 1; ; page += 1) {
      const answer = await emulator.fetch(
        new Request(`${ORIGIN}/v1/checkout-links/?limit=100&page=${page}`, {
          headers: { Authorization: `Bearer ${token}` },
        }),
      )
      const read = (await answer.json()) as typeof found & { pagination: { max_page: number } }
      const found: { items: { label: string | null }[] } = read
      items.push(...found.items)
      if (page >= read.pagination.max_page) return { items }
    }
  }
}

/** What a process still has to tell the store, it tells it within a second of its return. */
async function comesToPass(holds: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    if (await holds()) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

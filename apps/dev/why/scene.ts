/** One app before the local Polar, as new for each probe, and people who use it. */
import { createEmulator, DEFAULT_CLIENT_ID } from '../../../packages/emulator/src/index.ts'
import { createPolar, type Polar } from '../../web/e2e/polar.ts'
import { answerConsent } from '../../web/e2e/consent.ts'
import { createPerson, type Answer, type Person, type Sent } from '../../web/e2e/security/person.ts'
import { ORIGIN, type App } from './apps.ts'

export const PRODUCTS = '/v1/products/?limit=1'
export const LINKS = '/v1/checkout-links/'

export interface Scene {
  readonly app: App
  readonly polar: Polar
  newcomer(): Person
  /** As far as the callback: what comes back from Polar, beside what the page kept. */
  come(person: Person): Promise<Record<string, string>>
  /** Somebody who has signed in, with Polar's log empty behind them. */
  signedIn(): Promise<Person>
  call(person: Person, path?: string, sent?: Sent): Promise<Answer>
  /** A product to make a checkout link for. */
  product(person: Person): Promise<string>
  write(person: Person, product: string, sent?: Sent): Promise<Answer>
  isConnected(person: Person): Promise<boolean>
  /** Moves every clock. */
  travel(seconds: number): Promise<void>
  /** How many requests came to Polar since its log was emptied. */
  reached(): Promise<number>
}

export interface Stage {
  scene(): Promise<Scene>
  close(): Promise<void>
}

export async function openStage(start: (polarUrl: string) => Promise<App>): Promise<Stage> {
  const server = await createEmulator().listen()
  const polar = createPolar(server.url)
  const app = await start(server.url)

  const newcomer = () => {
    const nothing = () => undefined
    const place = { origin: ORIGIN, port: () => app.port, onAnswer: nothing, onSecret: nothing }
    const person = createPerson(place)
    const { send } = person
    return Object.assign(person, {
      // Both stand behind something that ends TLS.
      send: (method: string, target: string, sent: Sent = {}) =>
        send(method, target, {
          ...sent,
          headers: { 'X-Forwarded-Proto': 'https', ...sent.headers },
        }),
    })
  }

  const scene: Scene = {
    app,
    polar,
    newcomer,
    async come(person) {
      const { url, kept } = await app.begin(person)
      const { searchParams } = await answerConsent(url)
      return { ...Object.fromEntries(searchParams), ...kept }
    },
    async signedIn() {
      const person = newcomer()
      const { status, text } = await app.finish(person, await scene.come(person))
      if (status >= 400 || !(await scene.isConnected(person)))
        throw new Error(`${app.name}: no sign-in: ${status} ${text}`)
      await polar.control('DELETE', '/requests')
      return person
    },
    call: (person, path = PRODUCTS, sent = {}) => person.send('GET', app.paths.api + path, sent),
    async product(person) {
      const { items } = (await scene.call(person)).json() as { items: { id: string }[] }
      return items[0]?.id ?? ''
    },
    write(person, product, sent = {}) {
      const body = { payment_processor: 'stripe', products: [product], label: 'a write' }
      return person.send('POST', app.paths.api + LINKS, { body, ...sent })
    },
    isConnected: async (person) => (await scene.call(person)).status === 200,
    async travel(seconds) {
      await polar.control('POST', '/clock', { advance_seconds: seconds })
      await app.setClock(seconds)
    },
    reached: async () => (await polar.requests()).length,
  }

  return {
    async scene() {
      await app.setClock(0)
      await polar.control('POST', '/reset')
      await polar.control('PATCH', '/settings', { rate_limit: null })
      await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
        redirect_uris: [`${ORIGIN}/auth/callback`],
      })
      return scene
    },
    async close() {
      await app.stop()
      await server.close()
    },
  }
}

/**
 * A person with a browser, and perhaps a second one that has a copy of its cookies. As the
 * client package does, the browser makes its calls side by side, and refreshes and leaves alone.
 */
import { createSessionSeal, type Session } from '../../sealing/sealed-session.ts'
import type { KeyRing } from '../../sealing/key-ring.ts'
import { createTestBrowser, type TestBrowser } from '../../testing/browser.ts'

const SESSION_COOKIE = '__Host-Http-polar_connect'

export interface Person {
  readonly id: string
  readonly email: string
  readonly browsers: readonly [main: TestBrowser, twin: TestBrowser]
  /** Side by side with others of the main browser, or alone. */
  inTurn<Result>(manner: 'shared' | 'alone', work: () => Promise<Result>): Promise<Result>
  /** What the cookies hold. */
  sessions(): Promise<Session[]>
  /** Which sign-in it is, while there is one. */
  family: number | undefined
  /** What became of it, by what the person was told. */
  state: 'connected' | 'left' | 'unsure'
  /** Polar's side ended the grant. */
  revoked: boolean
}

export interface Route {
  fetch(request: Request): Promise<Response>
}

export function createPerson(
  who: { readonly id: string; readonly email: string },
  route: Route,
  keys: KeyRing,
): Person {
  const main = createTestBrowser(route)
  const twin = createTestBrowser(route)
  const seal = createSessionSeal(keys, 'session')
  const shared = new Set<Promise<unknown>>()
  let alone: Promise<unknown> = Promise.resolve()
  return {
    ...who,
    browsers: [main, twin],
    family: undefined,
    state: 'unsure',
    revoked: false,

    async inTurn(manner, work) {
      if (manner === 'shared') {
        await alone
        const running = work()
        const settled = running.catch(() => undefined)
        shared.add(settled)
        void settled.finally(() => shared.delete(settled))
        return running
      }
      const before = [alone, ...shared]
      const running = Promise.all(before).then(work)
      alone = running.catch(() => undefined)
      return running
    },

    async sessions() {
      const sealed = [main, twin].flatMap(({ cookies }) => cookies.get(SESSION_COOKIE) ?? [])
      const opened = await Promise.all(sealed.map((value) => seal.open(value)))
      return opened.filter((session) => session !== undefined)
    },
  }
}

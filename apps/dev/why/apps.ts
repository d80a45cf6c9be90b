/** The two apps that docs/why.md compares, each as a process, and how a page of it signs in and calls. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '../../../packages/emulator/src/index.ts'
import { freePort, randomSecret, startApp } from '../../web/e2e/app-process.ts'
import type { Answer, Person } from '../../web/e2e/security/person.ts'

export const ORIGIN = 'https://app.example'
const SCOPES = ['openid', 'products:read', 'checkout_links:read', 'checkout_links:write']

export interface App {
  readonly name: string
  readonly port: number
  /** Where a page begins, logs out, and calls Polar's API. */
  readonly paths: { readonly begin: string; readonly logout: string; readonly api: string }
  /** Where Polar is asked for consent, and what the page keeps for the way back. */
  begin(person: Person): Promise<{ readonly url: URL; readonly kept: Record<string, string> }>
  finish(person: Person, parameters: Record<string, string>): Promise<Answer>
  logout(person: Person): Promise<Answer>
  /** Puts its clock this far from the machine's, where it goes by one. */
  setClock(offsetSeconds: number): Promise<void>
  stop(): Promise<void>
}

export async function startOurs(polarUrl: string): Promise<App> {
  const app = await startApp('node', polarUrl, { env: { APP_ORIGIN: ORIGIN } })
  return {
    ...app,
    name: 'Polar Connect',
    paths: { begin: '/bff/authorize', logout: '/bff/logout', api: '/bff/api' },
    async begin(person) {
      const scopes = SCOPES.filter((scope) => scope !== 'openid')
      const { url, verifier } = await person.begin({ subject: 'user', scopes })
      return { url, kept: { code_verifier: verifier } }
    },
    finish: (person, parameters) => person.post('/bff/callback', parameters),
    logout: (person) => person.post('/bff/logout'),
  }
}

export async function startExpress(polarUrl: string): Promise<App> {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('express-app.ts', import.meta.url))],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        NODE_ENV: 'production',
        PORT: String(port),
        APP_ORIGIN: ORIGIN,
        POLAR_SERVER: polarUrl,
        POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
        POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
        POLAR_SCOPES: SCOPES.join(' '),
        SESSION_SECRET: randomSecret(),
      },
    },
  )
  const ended = once(child, 'close')
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('the Express app did not start'))),
  ])
  return {
    name: 'Express',
    port,
    paths: { begin: '/auth/login', logout: '/auth/logout', api: '/api' },
    async begin(person) {
      const { headers } = await person.send('GET', '/auth/login')
      return { url: new URL(headers.location ?? ''), kept: {} }
    },
    finish: (person, parameters) =>
      person.send('GET', `/auth/callback?${new URLSearchParams(parameters).toString()}`),
    logout: (person) => person.send('GET', '/auth/logout'),
    // A token is used there until Polar refuses it.
    setClock: async () => undefined,
    async stop() {
      child.kill()
      await ended
    },
  }
}

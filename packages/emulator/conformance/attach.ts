/**
 * The server under test of the assertions about Polar: an emulator of its own for each test, or the one
 * that `POLAR_CONFORMANCE_URL` names. A server without the controls of an emulator can only be asked
 * what needs no person, no client and no clock of ours: the rest is skipped there, with the reason.
 */
import { afterEach, beforeEach } from 'vitest'
import { CALLBACK, createPolarClient, startPolar, type Polar } from './polar.ts'

/** Assertions that anybody can check at any server, by the first number of a test's name. */
const OPEN: ReadonlySet<string> = new Set(['C1', 'C3', 'C4', 'C80'])
const REASON = 'needs a person, a client and a clock that the test can set'

/** For a file of tests: gives the server of the test that runs. */
export function attachPolar(): () => Polar {
  let polar: Polar | undefined
  beforeEach(async (context) => {
    const url = process.env['POLAR_CONFORMANCE_URL']
    polar = url === undefined ? await startPolar() : createPolarClient(url, async () => undefined)
    if (url === undefined) return
    if (await hasControls(url)) {
      await polar.control('POST', '/reset')
      const redirectUris = [CALLBACK, 'https://app.example/other?kept=1']
      const client = `/clients/${polar.client.client_id}`
      await polar.control('PATCH', client, { redirect_uris: redirectUris })
      return
    }
    const [first = ''] = /^C\d+/.exec(context.task.name) ?? []
    if (!OPEN.has(first)) context.skip(REASON)
  })
  afterEach(() => polar?.close())
  return () => {
    if (polar === undefined) throw new Error('no server outside a test')
    return polar
  }
}

async function hasControls(url: string): Promise<boolean> {
  const response = await fetch(`${url}/_emulator/health`)
  await response.body?.cancel()
  return response.ok
}

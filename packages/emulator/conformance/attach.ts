/**
 * The server under test: a new emulator for each test, or the server of `POLAR_CONFORMANCE_URL`.
 * Without an emulator's controls, a test cannot use people, clients or the clock. Such tests are
 * skipped, with the reason.
 */
import { afterEach, beforeEach } from 'vitest'
import { CALLBACK, createPolarClient, startPolar, type Polar } from './polar.ts'

/** Assertions that hold for any server, by the first number in the name of the test. */
const OPEN: ReadonlySet<string> = new Set(['C1', 'C3', 'C4', 'C80'])
const REASON = 'needs a person, a client and a clock that the test can set'

/** Call it once in a test file. The result returns the server of the running test. */
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

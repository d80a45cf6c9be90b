/**
 * The browser's half of the checks. Its texts are for developers and in English, like those of the
 * server's half.
 */
import { openChannel, webCrypto, webLocks } from '@polar-connect/browser/web-apis'
import {
  describeSkew,
  MAX_CLOCK_SKEW_SECONDS,
  type Check,
  type CheckId,
  type DiagnosticsAnswer,
} from '@polar-connect/protocol'
import { ADDRESSES } from '../facts.ts'
import { tabStorage } from './storage.ts'

const ECHO_TIMEOUT_MS = 2000
const NAME = 'polar-connect:diagnostics'

/** @param told what the server says about itself, if it answered. */
export async function checkBrowser(told: DiagnosticsAnswer | undefined): Promise<readonly Check[]> {
  const asked = await Promise.all([
    guard('cookies', () => checkHidden(document.cookie)),
    guard('secure_context', checkSecureContext),
    guard('storage', checkStorage),
    guard('cross_tab', checkMessages),
    guard('locks', checkLocks),
  ])
  const compared =
    told === undefined
      ? []
      : [checkOrigin(told.app_origin, location.origin), checkClock(told, Date.now())]
  return [...compared, ...asked, checkLinks()]
}

/** If a browser refuses a question, one check fails, not the page. */
async function guard(id: CheckId, check: () => Check | Promise<Check>): Promise<Check> {
  try {
    return await check()
  } catch (error) {
    return { id, status: 'failed', detail: `The browser refused: ${String(error)}.` }
  }
}

/** Polar returns only to `configured`, and cookies belong to one host. */
export function checkOrigin(configured: string, opened: string): Check {
  const id = 'redirect_uri'
  if (configured === opened) {
    return { id, status: 'ok', detail: 'This page is at the address that is configured.' }
  }
  return {
    id,
    status: 'failed',
    detail: `You opened ${opened} but the app is set up for ${configured}.`,
    fix: `Open ${configured}.`,
  }
}

/** @param now milliseconds since the epoch by the browser's clock. */
export function checkClock(told: DiagnosticsAnswer, now: number): Check {
  const id = 'clock'
  const skew = Math.round((now - Date.parse(told.server_time)) / 1000)
  if (Math.abs(skew) <= 2)
    return { id, status: 'ok', detail: "This computer agrees with the app's server." }
  const detail = `Your computer's clock is ${describeSkew(skew)} the server's.`
  if (Math.abs(skew) <= MAX_CLOCK_SKEW_SECONDS) return { id, status: 'ok', detail }
  // With the emulator, a developer may have moved the time on purpose.
  const other = told.server.name === 'emulator' ? ", or reset the emulator's clock" : ''
  return { id, status: 'failed', detail, fix: `Turn on automatic time${other}.` }
}

/** Whether script can read what only the server may read. */
export function checkHidden(cookies: string): Check {
  const id = 'cookies'
  const name = /[^;=\s]*polar_connect[^;=]*/.exec(cookies)?.[0]
  if (name === undefined) return { id, status: 'ok', detail: 'Script cannot read it.' }
  const fix = 'See that no proxy takes HttpOnly away from Set-Cookie.'
  return { id, status: 'failed', detail: `Script can read ${name}.`, fix }
}

function checkSecureContext(): Check {
  const id = 'secure_context'
  return webCrypto() === undefined
    ? {
        id,
        status: 'failed',
        detail: 'There is no WebCrypto here.',
        fix: 'Use https or localhost.',
      }
    : { id, status: 'ok', detail: 'WebCrypto is available.' }
}

/** The code verifier waits in this tab's storage while the person is at Polar. */
function checkStorage(): Check {
  const id = 'storage'
  const kept = tabStorage.set(NAME, NAME) && tabStorage.get(NAME) === NAME
  tabStorage.remove(NAME)
  if (kept) return { id, status: 'ok', detail: 'Tab storage works.' }
  const fix = 'Allow site data for this site.'
  return { id, status: 'failed', detail: 'The browser keeps nothing for this tab.', fix }
}

async function checkMessages(): Promise<Check> {
  const id = 'cross_tab'
  const fix = 'Other tabs will notice a log out only when focused.'
  if (await echoes()) return { id, status: 'ok', detail: 'A message to another channel arrived.' }
  return { id, status: 'warning', detail: 'No message arrives.', fix }
}

async function echoes(): Promise<boolean> {
  const [here, there] = [openChannel(NAME), openChannel(NAME)]
  if (here === undefined || there === undefined) return false
  const heard = await new Promise<boolean>((resolve) => {
    there.listen(() => resolve(true))
    setTimeout(() => resolve(false), ECHO_TIMEOUT_MS)
    here.send(NAME)
  })
  here.close()
  there.close()
  return heard
}

async function checkLocks(): Promise<Check> {
  const id = 'locks'
  try {
    if ((await webLocks()?.request(NAME, async () => true)) === true) {
      return { id, status: 'ok', detail: 'One tab at a time can refresh.' }
    }
  } catch (error) {
    // Firefox refuses them if site data is blocked.
    if (!(error instanceof DOMException)) throw error
  }
  const detail =
    'There are no Web Locks here: two tabs may refresh at once, and the server lets one.'
  return { id, status: 'warning', detail }
}

/** The app's own links that are missing, since the build has no address for them. */
function checkLinks(): Check {
  const id = 'versions'
  const missing = Object.entries(ADDRESSES).filter(([, address]) => address === undefined)
  if (missing.length === 0) return { id, status: 'ok', detail: 'All links have an address.' }
  const names = missing.map(([name]) => `VITE_${name.toUpperCase()}_URL`)
  return { id, status: 'ok', detail: `Links that are missing: ${names.join(', ')}.` }
}

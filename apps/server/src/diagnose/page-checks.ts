/** Checks the headers of the page, and that the server refuses requests from other sites. */
import { pathOf, type Check } from '@polar-connect/protocol'
import { documentHeaders } from '../page/document-headers.ts'
import { SECURITY_TEXT_PATH } from '../page/security-text.ts'
import { CSRF, type Ask } from './ask-server.ts'

/** Compares the page's security headers with those of this build. */
export async function checkHeaders(ask: Ask, origin: string): Promise<Check> {
  const id = 'headers'
  const page = await ask('/', { headers: { Accept: 'text/html' } })
  if (!page.ok) {
    const fix = 'Check that the deployment serves the page.'
    const detail =
      page.status === 0
        ? '/ does not answer in full.'
        : `/ answers ${page.status} instead of a page.`
    return { id, status: 'failed', detail, fix }
  }
  if ((await page.text()).includes('/@vite/client')) {
    return { id, status: 'skipped', detail: 'The development server sends none.' }
  }
  const { 'Cache-Control': _, ...expected } = documentHeaders(undefined)
  const names = Object.keys(expected)
  // The operator chooses its value.
  const strict = origin.startsWith('https:') ? ['Strict-Transport-Security'] : []
  const missing = [...names, ...strict].filter((name) => page.headers.get(name) === null)
  const fix = 'Send the page with its headers, and check that no proxy removes them.'
  if (missing.length > 0) {
    return { id, status: 'failed', detail: `Missing: ${missing.join(', ')}.`, fix }
  }
  const policy = page.headers.get('Content-Security-Policy') ?? ''
  const scripts = directive(policy, 'script-src') ?? directive(policy, 'default-src')
  if (scripts === undefined || scripts.includes("'unsafe-")) {
    const detail = 'The Content-Security-Policy lets inline script run.'
    return { id, status: 'failed', detail, fix: "Set script-src 'self' in it." }
  }
  const other = names.filter((name) => page.headers.get(name) !== expected[name])
  if (other.length === 0) return { id, status: 'ok', detail: 'All are there.' }
  return {
    id,
    status: 'warning',
    detail: `Not as this version sends them: ${other.join(', ')}.`,
    fix: 'Compare them with apps/server/src/page/document-headers.ts.',
  }
}

function directive(policy: string, name: string): string | undefined {
  return policy.split(/;\s*/).find((part) => part.startsWith(`${name} `))
}

/** The server must refuse requests from pages of other origins, with or without cookies. */
export async function checkCsrf(ask: Ask): Promise<Check> {
  const id = 'csrf'
  const foreign = {
    'without the X-CSRF header': {},
    'with a foreign Origin': { ...CSRF, Origin: 'https://attacker.example' },
    'with Sec-Fetch-Site: cross-site': { ...CSRF, 'Sec-Fetch-Site': 'cross-site' },
  }
  const accepted: string[] = []
  for (const [how, headers] of Object.entries(foreign)) {
    const { status } = await ask(pathOf('session'), { headers })
    if (status !== 403 && status !== 0) accepted.push(how)
  }
  if (accepted.length === 0) return { id, status: 'ok', detail: 'They are refused.' }
  return {
    id,
    status: 'failed',
    detail: `Accepted ${accepted.join(', ')}.`,
    fix: 'Check that no proxy adds X-CSRF, or removes Origin and Sec-Fetch-Site.',
  }
}

/** RFC 9116: a contact, and an expiry date. */
export async function checkSecurityTxt(ask: Ask, now: number): Promise<Check> {
  const id = 'security_txt'
  const answer = await ask(SECURITY_TEXT_PATH)
  const text = await answer.text()
  if (!answer.ok || !answer.headers.get('Content-Type')?.startsWith('text/plain')) {
    const fix = 'Set SECURITY_CONTACT, so that people know where to report a vulnerability.'
    return { id, status: 'warning', detail: `There is no ${SECURITY_TEXT_PATH}.`, fix }
  }
  const expires = Date.parse(/^Expires:\s*(\S+)/im.exec(text)?.[1] ?? '') / 1000
  const contact = /^Contact:\s*\S/im.test(text)
  if (contact && expires > now) return { id, status: 'ok', detail: 'It names a contact.' }
  const detail = contact ? 'It has expired, or has no date.' : 'It names no contact.'
  const fix = 'Give it a Contact, and an Expires date in the future.'
  return { id, status: 'warning', detail, fix }
}

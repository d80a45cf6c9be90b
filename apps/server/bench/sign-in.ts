/** Somebody who is connected, as far as HTTP can tell: the cookie of their session. */
import { createHash, randomBytes } from 'node:crypto'
import type { AuthorizeAnswer } from '@polar-connect/protocol'

/** @param organization the id of the one that the person chooses at Polar. */
export async function signIn(app: string, organization: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url')
  const post = async (path: string, body: object, cookie = '') => {
    const headers = {
      'X-CSRF': '1',
      Origin: app,
      Cookie: cookie,
      'Content-Type': 'application/json',
    }
    const answer = await fetch(app + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return answer
  }
  const begun = await post('/bff/authorize', {
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const { authorization_url: url } = (await begun.json()) as AuthorizeAnswer
  const { origin, search } = new URL(url)
  const allowed = await fetch(`${origin}/v1/oauth2/consent${search}`, {
    method: 'POST',
    body: new URLSearchParams({ action: 'allow', organizations: organization }),
    redirect: 'manual',
  })
  const { searchParams } = new URL(allowed.headers.get('Location') ?? '')
  const finished = await post(
    '/bff/callback',
    { ...Object.fromEntries(searchParams), code_verifier: verifier },
    cookiesOf(begun),
  )
  return cookiesOf(finished)
}

/** Those that were set, without those that were cleared. */
function cookiesOf(answer: Response): string {
  const pairs = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return pairs.filter((pair) => !pair.endsWith('=')).join('; ')
}

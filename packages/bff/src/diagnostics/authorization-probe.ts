/**
 * What Polar would say to the connect button. The page for people asks for a sign-in before it looks at
 * anything, but the API behind it judges client, redirect URI and scopes first, whoever asks.
 */
import type { PolarQuestions } from './questions.ts'

export type AuthorizationAnswer =
  | { readonly kind: 'accepted' | 'client_unknown' | 'redirect_uri_unknown' }
  /** Client and redirect URI are known, and the request is refused at the redirect URI. */
  | { readonly kind: 'refused'; readonly error: string }
  /** An answer that says nothing about the client. */
  | { readonly kind: 'unclear' | 'unreachable' }

/** `none` may stand with no other word, so the request ends here and never in a code. */
const IMPOSSIBLE_PROMPT = 'none consent'
const REFUSALS: readonly unknown[] = ['invalid_scope', 'unauthorized_client']

export async function askAuthorization(
  ask: PolarQuestions,
  request: {
    readonly clientId: string
    readonly redirectUri: string
    readonly scopes: readonly string[]
  },
): Promise<AuthorizationAnswer> {
  const { clientId, redirectUri } = request
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: [...new Set(['openid', ...request.scopes])].join(' '),
    prompt: IMPOSSIBLE_PROMPT,
  })
  const answer = await ask.get(`/v1/oauth2/authorize?${query.toString()}`)
  if (answer === undefined) return { kind: 'unreachable' }
  const { status, headers, body } = answer
  const location = headers.get('Location')
  if (location !== null && URL.canParse(location)) {
    const { origin, pathname, searchParams } = new URL(location)
    if (origin + pathname !== redirectUri) return { kind: 'unclear' }
    const error = searchParams.get('error')
    return REFUSALS.includes(error)
      ? { kind: 'refused', error: String(error) }
      : { kind: 'accepted' }
  }
  if (status === 400 && body['error'] === 'invalid_client') return { kind: 'client_unknown' }
  if (status === 400 && /redirect.uri/i.test(String(body['error_description']))) {
    return { kind: 'redirect_uri_unknown' }
  }
  // Everything about the request is in order, and only the person is missing.
  if (status === 200 || status === 401) return { kind: 'accepted' }
  return { kind: 'unclear' }
}

/**
 * What Polar would say to the connect button. The page for people asks for a sign-in first. The API
 * behind it checks client, redirect URI and scopes before that, for any caller.
 */
import type { Answered, AskPolar } from './questions.ts'

export type AuthorizationAnswer =
  | { readonly kind: 'accepted' | 'client_unknown' | 'redirect_uri_unknown' | 'state_altered' }
  /** Client and redirect URI are known. Polar refuses the request, as it would from a person. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Client and redirect URI are known, and every sign-in ends with this error. */
  | { readonly kind: 'failing'; readonly error: string }
  /** An answer that says nothing about the client. */
  | { readonly kind: 'unclear'; readonly answer: Answered }
  | { readonly kind: 'unreachable' }

/** `none` must stand alone, so the request ends here and never in a code. */
const IMPOSSIBLE_PROMPT = 'none consent'
const STATE = 'diagnostics'
const REFUSALS = ['invalid_scope', 'unauthorized_client']
/** What a server can say to a prompt that contradicts itself, or to `none` (OpenID Connect §3.1.2.6). */
const EXPECTED = [
  'invalid_request',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]

export async function askAuthorization(
  ask: AskPolar,
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
    state: STATE,
    prompt: IMPOSSIBLE_PROMPT,
  })
  const answer = await ask('GET', `/v1/oauth2/authorize?${query.toString()}`)
  if (answer === undefined) return { kind: 'unreachable' }
  const { status, headers, body } = answer
  const location = headers.get('Location')
  if (location !== null && URL.canParse(location)) {
    const { origin, pathname, searchParams } = new URL(location)
    if (origin + pathname !== redirectUri) return { kind: 'unclear', answer }
    const error = searchParams.get('error') ?? 'no error'
    if (REFUSALS.includes(error)) return { kind: 'refused', error }
    if (!EXPECTED.includes(error)) return { kind: 'failing', error }
    return { kind: searchParams.get('state') === STATE ? 'accepted' : 'state_altered' }
  }
  if (status === 400 && body['error'] === 'invalid_client') return { kind: 'client_unknown' }
  if (status === 400 && /redirect.uri/i.test(String(body['error_description']))) {
    return { kind: 'redirect_uri_unknown' }
  }
  // The request is in order. Only the person is missing.
  if (answer.readable && (status === 200 || status === 401)) return { kind: 'accepted' }
  return { kind: 'unclear', answer }
}

/** Whether Polar knows the client. Undefined if the answer does not tell. */
export function knowsClient({ kind }: AuthorizationAnswer): boolean | undefined {
  if (kind === 'unclear' || kind === 'unreachable') return undefined
  return kind !== 'client_unknown'
}

/**
 * How Polar differs from what this release was built for: its discovery documents and one CORS
 * preflight, compared with recorded answers. A new member breaks nothing, and shows that Polar moves.
 */
import { describeDifferences, SCOPES, type Check, type Difference } from '@polar-connect/protocol'
import type { PolarAnswers, PolarFacts } from './polar-answers.ts'
import type { Answered } from './questions.ts'

type Members = Readonly<Record<string, unknown>>

const NO_SIGN_IN = 'No sign-in works.'
const ISS_PARAMETER = 'authorization_response_iss_parameter_supported'

/** What the discovery document must say, and what follows if it does not. */
const NEEDED = [
  ['response_types_supported', 'code', NO_SIGN_IN],
  ['grant_types_supported', 'authorization_code', NO_SIGN_IN],
  ['grant_types_supported', 'refresh_token', 'Connections end with their access token.'],
  ['token_endpoint_auth_methods_supported', 'client_secret_post', NO_SIGN_IN],
  ['code_challenge_methods_supported', 'S256', NO_SIGN_IN],
  ['id_token_signing_alg_values_supported', 'RS256', NO_SIGN_IN],
  [
    'revocation_endpoint_auth_methods_supported',
    'client_secret_post',
    'A log out does not end the tokens at Polar.',
  ],
  [
    'introspection_endpoint_auth_methods_supported',
    'client_secret_post',
    'No organization can connect.',
  ],
] as const

/** Pinned, and never taken from discovery. */
const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'revocation_endpoint',
  'introspection_endpoint',
  'userinfo_endpoint',
] as const

/** Every member that Polar's document has, since September 2026. */
const MEMBERS: readonly string[] = [
  'issuer',
  ...ENDPOINTS,
  ...NEEDED.map(([member]) => member),
  ISS_PARAMETER,
  'registration_endpoint',
  'scopes_supported',
  'response_modes_supported',
  'service_documentation',
  'subject_types_supported',
  'claims_supported',
]

/** A preflight as the page of another origin would cause it. The app itself needs none. */
export const CORS_PROBE = {
  origin: 'https://app.example',
  'access-control-request-method': 'GET',
  'access-control-request-headers': 'authorization, polar-version',
}

/** The answer to {@link CORS_PROBE}, as recorded. */
const CORS_ANSWER = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Credentials': null,
  'Access-Control-Allow-Headers':
    'Accept, Accept-Language, Authorization, Content-Language, Content-Type, Polar-Version',
} as const

/** @returns one check with a line for each difference. */
export function checkChanges(facts: PolarFacts, answers: PolarAnswers): Check {
  const id = 'changes'
  const { discovery, alias, preflight } = answers
  if (discovery?.status !== 200) {
    return { id, status: 'skipped', detail: 'Polar could not be asked.' }
  }
  const differences = [
    ...compareDiscovery(facts, discovery.body),
    ...compareAlias(discovery.body, alias),
    ...comparePreflight(preflight),
  ]
  return describeDifferences(id, differences)
}

function compareDiscovery({ server, scopes }: PolarFacts, document: Members): Difference[] {
  const found: Difference[] = []
  const add = (breaks: boolean, text: string) => void found.push({ breaks, text })
  const { metadata } = server
  if (document['issuer'] !== metadata.issuer) {
    const text = `Polar's issuer is ${String(document['issuer'])}. This release expects ${metadata.issuer}.`
    add(false, `${text} The app accepts what discovery names.`)
  }
  for (const member of ENDPOINTS) {
    if (document[member] === metadata[member]) continue
    add(true, `Polar's ${member} is ${String(document[member])}. The app uses ${metadata[member]}.`)
  }
  for (const { text, consequence } of findLosses(document)) add(true, `${text} ${consequence}`)
  const offered = listOf(document, 'scopes_supported')
  for (const scope of SCOPES) {
    if (offered.includes(scope)) continue
    const asked = scopes.includes(scope)
    const consequence = asked ? NO_SIGN_IN : 'The connect button does not ask for it.'
    add(asked, `Polar no longer has the scope ${scope}. ${consequence}`)
  }
  const known: readonly string[] = SCOPES
  for (const scope of offered.filter((name) => !known.includes(name))) {
    add(false, `Polar has a new scope: ${scope}.`)
  }
  for (const member of Object.keys(document).filter((name) => !MEMBERS.includes(name))) {
    add(false, `Polar's discovery document has a new member: ${member}.`)
  }
  return found
}

interface Loss {
  readonly text: string
  readonly consequence: string
}

function findLosses(document: Members): readonly Loss[] {
  const losses: Loss[] = NEEDED.filter(
    ([member, word]) => !listOf(document, member).includes(word),
  ).map(([member, word, consequence]) => ({
    text: `Polar's ${member} no longer has ${word}.`,
    consequence,
  }))
  if (document[ISS_PARAMETER] === true) return losses
  // A callback without `iss` is refused (RFC 9207).
  const iss = { text: 'Polar does not name itself in callbacks (iss).', consequence: NO_SIGN_IN }
  return [...losses, iss]
}

/** What the document says that makes every sign-in fail, if anything. */
export function signInLoss(document: Members): string | undefined {
  return findLosses(document).find(({ consequence }) => consequence === NO_SIGN_IN)?.text
}

/** The app reads one of the two documents. Polar says that they are the same. */
function compareAlias(document: Members, alias: Answered | undefined): Difference[] {
  const name = '/.well-known/oauth-authorization-server'
  if (alias?.status !== 200) {
    return [{ breaks: false, text: `${name} does not answer. The app does not read it.` }]
  }
  const members = ['issuer', ...ENDPOINTS].filter(
    (member) => alias.body[member] !== document[member],
  )
  return members.map((member) => ({
    breaks: false,
    text: `${name} has another ${member}: ${String(alias.body[member])}. The app does not read it.`,
  }))
}

function comparePreflight(preflight: Answered | undefined): Difference[] {
  const only = 'Only pages that call Polar themselves notice.'
  if (preflight?.status !== 200) {
    const what = preflight === undefined ? 'gets no answer' : `answers ${preflight.status}`
    return [{ breaks: false, text: `A CORS preflight of the API ${what}. ${only}` }]
  }
  return Object.entries(CORS_ANSWER).flatMap(([header, expected]) => {
    const value = preflight.headers.get(header)
    if (sameWords(value, expected)) return []
    return [{ breaks: false, text: `${header} of a preflight is ${value ?? 'missing'}. ${only}` }]
  })
}

/** Header lists have no order, and no case. */
function sameWords(left: string | null, right: string | null): boolean {
  const words = (text: string | null) =>
    text
      ?.toLowerCase()
      .split(/[\s,]+/)
      .toSorted()
      .join()
  return words(left) === words(right)
}

function listOf(document: Members, member: string): readonly string[] {
  const value = document[member]
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : []
}

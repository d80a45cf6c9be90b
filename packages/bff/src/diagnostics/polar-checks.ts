/**
 * What Polar says about a configuration without a person and without a sign-in: whether it answers,
 * knows the client and the secret, and whether it still is as this release knows it.
 */
import type { Check } from '@polar-connect/protocol'
import { polarServer, POLAR_VERSION, type PolarServer } from '../settings/polar-server.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { Time } from '../runtime/time.ts'
import { askAuthorization, knowsClient, type AuthorizationAnswer } from './authorization-probe.ts'
import { CORS_PROBE, checkChanges } from './changes.ts'
import {
  checkClientId,
  checkEnvironment,
  checkRedirectUri,
  checkScopes,
  checkSecret,
} from './client-checks.ts'
import { checkEmulatorFaults } from './emulator-faults.ts'
import { createAskPolar, type Answered } from './questions.ts'
import { checkAnswers, checkClock, checkKeys, checkVersion } from './server-checks.ts'

export interface PolarFacts {
  readonly server: PolarServer
  readonly clientId: string
  /** Unknown to anyone who checks from outside. It is then not checked. */
  readonly clientSecret?: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly upstream: Upstream
  readonly time: Time
}

/** Every answer that the checks read. Undefined where none came. */
export interface PolarAnswers {
  readonly discovery: Answered | undefined
  /** The same document, asked for with the pinned version. */
  readonly pinned: Answered | undefined
  /** The same document under its other name (RFC 8414). */
  readonly alias: Answered | undefined
  readonly keys: Answered | undefined
  readonly authorization: AuthorizationAnswer
  /** To a made-up code. */
  readonly token: Answered | undefined
  /** To what is no token. */
  readonly introspection: Answered | undefined
  readonly preflight: Answered | undefined
  /** Where the client is known, if it is not known here. */
  readonly home: 'production' | 'sandbox' | undefined
}

/** Asks Polar. Nothing changes there, and no code or token is issued. */
export async function checkPolar(facts: PolarFacts): Promise<readonly Check[]> {
  const [answers, faults] = await Promise.all([askPolar(facts), checkEmulatorFaults(facts)])
  const { discovery, keys } = answers
  return [
    checkAnswers(facts, answers),
    await checkKeys(facts, keys),
    checkEnvironment(facts, answers),
    checkClientId(facts, answers),
    checkSecret(facts, answers),
    checkRedirectUri(facts, answers),
    checkScopes(facts, answers),
    checkVersion(answers),
    checkClock(discovery ?? keys),
    ...faults,
    checkChanges(facts, answers),
  ]
}

async function askPolar(facts: PolarFacts): Promise<PolarAnswers> {
  const { server, clientId, clientSecret, redirectUri } = facts
  const ask = createAskPolar(facts)
  const client = {
    client_id: clientId,
    ...(clientSecret !== undefined && { client_secret: clientSecret }),
  }
  const exchange = {
    ...client,
    grant_type: 'authorization_code',
    code: 'polar_ac_diagnostics',
    redirect_uri: redirectUri,
    code_verifier: 'diagnostics-diagnostics-diagnostics-diagnostics',
  }
  const well = '/.well-known/openid-configuration'
  const [discovery, pinned, alias, keys, authorization, token, introspection, preflight] =
    await Promise.all([
      ask('GET', well),
      ask('GET', well, { headers: { 'polar-version': POLAR_VERSION } }),
      ask('GET', '/.well-known/oauth-authorization-server'),
      ask('GET', new URL(server.metadata.jwks_uri).pathname),
      askAuthorization(ask, facts),
      ask('POST', '/v1/oauth2/token', { form: exchange }),
      ask('POST', '/v1/oauth2/introspect', { form: { ...client, token: 'no-token' } }),
      ask('OPTIONS', '/v1/products/', { headers: CORS_PROBE }),
    ])
  const home = knowsClient(authorization) === false ? await findHome(facts) : undefined
  return {
    discovery,
    pinned,
    alias,
    keys,
    authorization,
    token,
    introspection,
    preflight,
    home,
  }
}

/** The other environment, if it knows the client. Production and sandbox share nothing. */
async function findHome(facts: PolarFacts): Promise<'production' | 'sandbox' | undefined> {
  const { name } = facts.server.identity
  if (name !== 'production' && name !== 'sandbox') return undefined
  const home = name === 'production' ? 'sandbox' : 'production'
  const there = { ...facts, server: polarServer(home) }
  const answer = await askAuthorization(createAskPolar(there), there)
  return knowsClient(answer) ? home : undefined
}

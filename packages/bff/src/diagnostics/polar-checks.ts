/**
 * What Polar says about a configuration without a person and without a sign-in: whether it answers,
 * knows the client and the secret, and whether it still is as this release knows it.
 */
import type { Check } from '@polar-connect/protocol'
import { polarServer, POLAR_VERSION } from '../settings/polar-server.ts'
import { askAuthorization, knowsClient } from './authorization-probe.ts'
import { CORS_PROBE, checkChanges } from './changes.ts'
import {
  checkClientId,
  checkEnvironment,
  checkRedirectUri,
  checkScopes,
  checkSecret,
} from './client-checks.ts'
import { checkEmulatorFaults } from './emulator-faults.ts'
import type { PolarAnswers, PolarFacts } from './polar-answers.ts'
import { createAskPolar } from './questions.ts'
import { checkAnswers, checkClock, checkKeys, checkVersion } from './server-checks.ts'

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

import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, type Environment } from './config.ts'

const SECRET = 'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng'
const good = {
  POLAR_CLIENT_ID: 'polar_ci_FakeFakeFake',
  POLAR_CLIENT_SECRET: 'polar_cs_FakeFakeFake',
  APP_ORIGIN: 'https://app.example.com',
  SESSION_SECRETS: SECRET,
}

async function faultsOf(env: Environment, source?: string): Promise<readonly string[]> {
  try {
    await readConfig(env, source)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the configuration', () => {
  it('needs four values, and has a default for every other', async () => {
    expect(await readConfig(good)).toMatchObject({
      port: 3000,
      host: undefined,
      logLevel: 'info',
      bff: { server: { identity: { name: 'production', origin: 'https://polar.sh' } } },
    })
  })

  it('says everything that is missing at once', async () => {
    const faults = await faultsOf({})
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'POLAR_CLIENT_ID',
      'POLAR_CLIENT_SECRET',
      'APP_ORIGIN',
      'SESSION_SECRETS',
    ])
  })

  it.each([
    [{ POLAR_CLIENT_ID: 'client' }, 'POLAR_CLIENT_ID'],
    [{ POLAR_SERVER: 'staging' }, 'POLAR_SERVER'],
    [{ POLAR_SERVER: 'http://polar.example' }, 'POLAR_SERVER'],
    [{ POLAR_SERVER: 'https://polar.example/v1' }, 'POLAR_SERVER'],
    [{ POLAR_ISSUER: 'https://polar.sh' }, 'POLAR_ISSUER'],
    [{ POLAR_SERVER: 'sandbox', POLAR_ISSUER: 'https://polar.sh' }, 'POLAR_ISSUER'],
    [{ APP_ORIGIN: 'http://app.example.com' }, 'APP_ORIGIN'],
    [{ APP_ORIGIN: 'https://app.example.com/' }, 'APP_ORIGIN'],
    [{ APP_ORIGIN: 'https://*.example.com' }, 'APP_ORIGIN'],
    [{ SESSION_SECRETS: 'short' }, 'SESSION_SECRETS'],
    [{ SESSION_SECRETS: 'A'.repeat(43) }, 'SESSION_SECRETS'],
    [{ SESSION_SECRETS: `${SECRET},short` }, 'SESSION_SECRETS'],
    [{ PORT: 'web' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ POLAR_RATE_LIMIT: '0' }, 'POLAR_RATE_LIMIT'],
    [{ POLAR_RATE_LIMIT: '1e3' }, 'POLAR_RATE_LIMIT'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
    [{ SECURITY_CONTACT: 'security@app.example.com' }, 'SECURITY_CONTACT'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ POLAR_SUBJECT: 'team' }, 'POLAR_SUBJECT'],
    [{ DIAGNOSTICS: 'yes' }, 'DIAGNOSTICS'],
    [{ POLAR_SCOPES: 'openid,products:read' }, 'POLAR_SCOPES'],
    [{ POLAR_ALLOWED_SCOPES: 'openid;' }, 'POLAR_ALLOWED_SCOPES'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
    [{ REDIS_URL: 'http://localhost:6379' }, 'REDIS_URL'],
  ])('S21: refuses %j', async (fault, name) => {
    const faults = await faultsOf({ ...good, ...fault })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${name} `))
  })

  it('S21: names the variable and its file, and never a secret', async () => {
    const secret = 'polar_cs_RealLookingSecret'
    const env = { ...good, POLAR_CLIENT_ID: secret, SESSION_SECRETS: secret }
    const faults = await faultsOf(env, '.env')
    expect(faults).toEqual([
      "POLAR_CLIENT_ID in .env doesn't look right: it should start with polar_ci_.",
      expect.stringMatching(/^SESSION_SECRETS in \.env should be random/),
    ])
    expect(faults.join()).not.toContain(secret)
  })

  it('tells of itself only where that is asked for', async () => {
    const told = async (env: Environment) => (await readConfig({ ...good, ...env })).diagnostics
    expect(await told({})).toBe(false)
    expect(await told({ DIAGNOSTICS: '0' })).toBe(false)
    expect(await told({ DIAGNOSTICS: '1' })).toBe(true)
  })

  it('speaks http to this computer alone', async () => {
    const local = { POLAR_SERVER: 'http://127.0.0.1:4567', APP_ORIGIN: 'http://localhost:5173' }
    const { bff } = await readConfig({ ...good, ...local })
    expect(bff.server.identity).toEqual({ name: 'emulator', origin: 'http://127.0.0.1:4567' })
  })
})

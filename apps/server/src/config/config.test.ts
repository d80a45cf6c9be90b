import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const good = {
  POLAR_CLIENT_ID: 'polar_ci_FakeFakeFake',
  POLAR_CLIENT_SECRET: 'polar_cs_FakeFakeFake',
  APP_ORIGIN: 'https://app.example.com',
  SESSION_SECRETS: 'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng',
}

function faultsOf(env: object): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the configuration of a host', () => {
  it('has a default for each of its own values', () => {
    expect(readConfig(good)).toMatchObject({
      appOrigin: 'https://app.example.com',
      clientId: 'polar_ci_FakeFakeFake',
      polar: 'production',
      port: 3000,
      host: undefined,
      logLevel: 'info',
      trustedProxies: 0,
      redisUrl: undefined,
      diagnostics: false,
      securityContact: undefined,
    })
  })

  it.each([
    [{ PORT: 'web' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: 'tcp://10.0.0.1:3000' }, 'PORT'],
    [{ PORT: '\\\\.\\pipe\\0f2c' }, 'PORT'],
    [{ HOST: '"0.0.0.0"' }, 'HOST'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
    [{ KEEP_ALIVE_SECONDS: '1m' }, 'KEEP_ALIVE_SECONDS'],
    [{ SHUTDOWN_GRACE_SECONDS: '-1' }, 'SHUTDOWN_GRACE_SECONDS'],
    [{ SHUTDOWN_TIMEOUT_SECONDS: '0' }, 'SHUTDOWN_TIMEOUT_SECONDS'],
    [{ SECURITY_CONTACT: 'security@app.example.com' }, 'SECURITY_CONTACT'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ DIAGNOSTICS: 'yes' }, 'DIAGNOSTICS'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
    [{ REDIS_URL: 'http://localhost:6379' }, 'REDIS_URL'],
    [{ REDIS_URL: 'redis://:50%@localhost:6379' }, 'REDIS_URL'],
    [{ REDIS_URL: 'redis://a%zz:b@localhost:6379' }, 'REDIS_URL'],
    [{ STRICT_TRANSPORT_SECURITY: '63072000' }, 'STRICT_TRANSPORT_SECURITY'],
  ])('S21: refuses %j', (fault, name) => {
    const faults = faultsOf({ ...good, ...fault })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${name} `))
  })

  it('reports the faults of the BFF in the same list', () => {
    const names = faultsOf({ PORT: 'web' }).map((fault) => fault.split(' ')[0])
    expect(names).toEqual([
      'POLAR_CLIENT_ID',
      'POLAR_CLIENT_SECRET',
      'APP_ORIGIN',
      'SESSION_SECRETS',
      'PORT',
    ])
  })

  it('reads the forms of other tools: another case, numbers, and empty values', () => {
    const env = { ...good, LOG_LEVEL: 'WARN', PORT: 8080, HOST: ' ', REDIS_URL: '' }
    expect(readConfig(env)).toMatchObject({
      logLevel: 'warn',
      port: 8080,
      host: undefined,
      redisUrl: undefined,
    })
  })

  it.each([
    [undefined, 'max-age=63072000'],
    ['max-age=300; includeSubDomains; preload', 'max-age=300; includeSubDomains; preload'],
    ['off', undefined],
  ])('with STRICT_TRANSPORT_SECURITY as %s sends %s', (setting, header) => {
    const env = { ...good, STRICT_TRANSPORT_SECURITY: setting }
    expect(readConfig(env).transportSecurity).toBe(header)
    const local = { ...env, APP_ORIGIN: 'http://localhost:3000' }
    expect(readConfig(local).transportSecurity).toBe(undefined)
  })
})

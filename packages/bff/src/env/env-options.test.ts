import { describe, expect, it } from 'vitest'
import { polarServer } from '../settings/polar-server.ts'
import { readEnvOptions, type EnvOptions } from './env-options.ts'
import { ConfigError, createEnvReader } from './env-reader.ts'

const SECRET = 'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng'
const good = {
  POLAR_CLIENT_ID: 'polar_ci_FakeFakeFake',
  POLAR_CLIENT_SECRET: 'polar_cs_FakeFakeFake',
  APP_ORIGIN: 'https://app.example.com',
  SESSION_SECRETS: SECRET,
}

function read(env: object, source?: string): EnvOptions {
  const reader = createEnvReader(env, source)
  const options = readEnvOptions(reader)
  reader.end()
  return options
}

function faultsOf(env: object, source?: string): readonly string[] {
  try {
    read(env, source)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the options in the environment', () => {
  it('need four values, and Polar is production', () => {
    expect(read(good)).toMatchObject({
      clientId: 'polar_ci_FakeFakeFake',
      secrets: [SECRET],
      diagnostics: false,
      server: { identity: { name: 'production', origin: 'https://polar.sh' } },
    })
  })

  it('name everything that is missing at once', () => {
    const faults = faultsOf({})
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'POLAR_CLIENT_ID',
      'POLAR_CLIENT_SECRET',
      'APP_ORIGIN',
      'SESSION_SECRETS',
    ])
  })

  it.each([
    [{ POLAR_CLIENT_ID: 'client' }, 'POLAR_CLIENT_ID'],
    [{ POLAR_CLIENT_ID: 'polar_ci_Fake # the sandbox' }, 'POLAR_CLIENT_ID'],
    [{ POLAR_CLIENT_SECRET: 'secret' }, 'POLAR_CLIENT_SECRET'],
    [{ POLAR_SERVER: 'staging' }, 'POLAR_SERVER'],
    [{ POLAR_SERVER: 'http://polar.example' }, 'POLAR_SERVER'],
    [{ POLAR_SERVER: 'https://polar.example/v1' }, 'POLAR_SERVER'],
    [{ POLAR_ISSUER: 'https://polar.sh' }, 'POLAR_ISSUER'],
    [{ POLAR_SERVER: 'sandbox', POLAR_ISSUER: 'https://polar.sh' }, 'POLAR_ISSUER'],
    [{ POLAR_ISSUER: 'api.polar.sh' }, 'POLAR_ISSUER'],
    [{ APP_ORIGIN: 'http://app.example.com' }, 'APP_ORIGIN'],
    [{ APP_ORIGIN: 'https://app.example.com/' }, 'APP_ORIGIN'],
    [{ APP_ORIGIN: 'https://*.example.com' }, 'APP_ORIGIN'],
    [{ SESSION_SECRETS: 'short' }, 'SESSION_SECRETS'],
    [{ SESSION_SECRETS: 'A'.repeat(43) }, 'SESSION_SECRETS'],
    [{ SESSION_SECRETS: `${SECRET},short` }, 'SESSION_SECRETS'],
    [{ POLAR_RATE_LIMIT: '0' }, 'POLAR_RATE_LIMIT'],
    [{ POLAR_RATE_LIMIT: '1e3' }, 'POLAR_RATE_LIMIT'],
    [{ POLAR_SUBJECT: 'team' }, 'POLAR_SUBJECT'],
    [{ DIAGNOSTICS: 'yes' }, 'DIAGNOSTICS'],
    [{ POLAR_SCOPES: 'openid,products:read' }, 'POLAR_SCOPES'],
    [{ POLAR_ALLOWED_SCOPES: 'openid;' }, 'POLAR_ALLOWED_SCOPES'],
  ])('S21: are refused with %j', (fault, name) => {
    const faults = faultsOf({ ...good, ...fault })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${name} `))
  })

  it.each([
    ['https://polar.sh', 'production'],
    ['https://api.polar.sh', 'production'],
    ['https://sandbox.polar.sh', 'sandbox'],
    ['https://sandbox-api.polar.sh', 'sandbox'],
  ])('name %s as %s', (origin, name) => {
    expect(faultsOf({ ...good, POLAR_SERVER: origin })).toEqual([
      `POLAR_SERVER is an address of Polar itself. Write ${name} instead.`,
    ])
    expect(() => polarServer(origin)).toThrow(`Write ${name} instead`)
  })

  it('tell that id and secret are swapped', () => {
    const { POLAR_CLIENT_ID, POLAR_CLIENT_SECRET } = good
    const swapped = { POLAR_CLIENT_ID: POLAR_CLIENT_SECRET, POLAR_CLIENT_SECRET: POLAR_CLIENT_ID }
    expect(faultsOf({ ...good, ...swapped })).toEqual([
      expect.stringMatching(/^POLAR_CLIENT_ID holds the value of the other one/),
      expect.stringMatching(/^POLAR_CLIENT_SECRET holds the value of the other one/),
    ])
  })

  it('S21: name the variable and its file in a fault, and never a secret', () => {
    const secret = 'polar_cs_RealLookingSecret'
    const env = { ...good, POLAR_CLIENT_ID: secret, SESSION_SECRETS: secret }
    const faults = faultsOf(env, '.env')
    expect(faults).toEqual([
      expect.stringMatching(/^POLAR_CLIENT_ID in \.env holds/),
      expect.stringMatching(/^SESSION_SECRETS in \.env should be random/),
    ])
    expect(faults.join()).not.toContain(secret)
  })

  it('use http only for this computer', () => {
    const local = { POLAR_SERVER: 'http://127.0.0.1:4567', APP_ORIGIN: 'http://localhost:5173' }
    expect(read({ ...good, ...local }).server.identity).toEqual({
      name: 'emulator',
      origin: 'http://127.0.0.1:4567',
    })
  })
})

describe('an environment that a tool has altered', () => {
  /** Every variable that is read, with a value that is right. */
  const all = {
    ...good,
    POLAR_SERVER: 'sandbox',
    POLAR_ISSUER: 'https://sandbox-api.polar.sh',
    POLAR_SUBJECT: 'user',
    POLAR_SCOPES: 'openid products:read',
    POLAR_ALLOWED_SCOPES: 'openid products:read',
    POLAR_RATE_LIMIT: '100',
    DIAGNOSTICS: '1',
  }
  const each = Object.entries(all)

  it.each(each)('with quotes in %s tells of the quotes', (name, value) => {
    for (const [open, close] of [
      ['"', '"'],
      ["'", "'"],
      ['“', '”'],
      ['"', ''],
      ['', '"'],
    ]) {
      expect(faultsOf({ ...all, [name]: `${open}${value}${close}` })).toEqual([
        `${name} has quotes around its value. Remove them: here they are part of the value.`,
      ])
    }
  })

  it.each(each)('with a sign in %s that is not visible tells of it', (name, value) => {
    for (const sign of ['\u200b', '\u00ad', '\u0007']) {
      const altered = value.slice(0, 4) + sign + value.slice(4)
      expect(faultsOf({ ...all, [name]: altered })).toEqual([
        `${name} holds a character that is not visible. Type the value again.`,
      ])
    }
  })

  it.each(each)('with a placeholder in %s tells of it', (name) => {
    for (const value of ['undefined', 'null', '$POLAR', '${POLAR}', '<your value>', '%POLAR%']) {
      const faults = faultsOf({ ...all, [name]: value })
      expect(faults).toEqual([`${name} holds a placeholder instead of a value.`])
    }
  })

  it('is read with white space, line ends and a byte order mark around', () => {
    const around = (name: string, value: string) => [`\uFEFF${name}`, ` \t${value}\r`] as const
    expect(read(Object.fromEntries(each.map(([name, value]) => around(name, value))))).toEqual(
      read(all),
    )
  })

  it('is read with `export` in the names', () => {
    expect(
      read(Object.fromEntries(each.map(([name, value]) => [`export ${name}`, value]))),
    ).toEqual(read(all))
  })

  it('is read with numbers in it, as a Worker may have them', () => {
    expect(read({ ...all, POLAR_RATE_LIMIT: 100, DIAGNOSTICS: 1 })).toEqual(read(all))
    expect(faultsOf({ ...all, POLAR_SCOPES: ['openid'] })).toEqual(['POLAR_SCOPES should be text.'])
  })
})

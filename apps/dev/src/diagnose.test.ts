/** The diagnose command as a user runs it: how it reads the settings before it checks them. */
import { execaNode } from 'execa'
import { describe, expect, it } from 'vitest'
import { ROOT } from './workspace.ts'

/** A developer's own settings must not lead a test to the real Polar. */
const NOTHING = {
  POLAR_CLIENT_ID: '',
  POLAR_CLIENT_SECRET: '',
  APP_ORIGIN: '',
  SESSION_SECRETS: '',
}

async function diagnose(env: Record<string, string>, ...rest: readonly string[]) {
  const { exitCode: code, all: output } = await execaNode('apps/dev/src/diagnose.ts', rest, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...NOTHING, ...env },
    extendEnv: false,
    all: true,
    reject: false,
  })
  return { code, output }
}

describe('diagnose', () => {
  it('says what to do on a fresh checkout, and reports no fault', async () => {
    const { code, output } = await diagnose({})
    expect(output).toContain('npx -y pnpm@12 dev')
    expect(output).toContain('Use the real Polar in 3 steps')
    expect(code).toBe(0)
  })

  it('reads the settings as dev does, which sets its own address', async () => {
    const { code, output } = await diagnose({
      POLAR_CLIENT_ID: 'nonsense',
      POLAR_SERVER: 'nowhere',
    })
    expect(output).toContain('as dev reads it')
    expect(output).toMatch(/Failed +Configuration: POLAR_CLIENT_ID/)
    expect(output).toMatch(/Failed +Configuration: POLAR_CLIENT_SECRET is missing/)
    expect(output).toMatch(/Failed +Configuration: POLAR_SERVER/)
    expect(output).toContain('0 passed, 3 failed')
    expect(code).toBe(1)
  })

  it('reads them as start does if they name an address', async () => {
    const { code, output } = await diagnose({ APP_ORIGIN: 'https://app.example.com/' })
    expect(output).toContain('as start reads it')
    expect(output).toMatch(/Failed +Configuration: APP_ORIGIN/)
    expect(output).toMatch(/Failed +Configuration: SESSION_SECRETS is missing/)
    expect(code).toBe(1)
  })

  it('checks the deployment at an address, with any settings', async () => {
    const { code, output } = await diagnose({}, 'http://127.0.0.1:1')
    expect(output).toMatch(/Failed +Server reachable: \/bff\/health does not answer\./)
    expect(code).toBe(1)
  })

  it.each([
    ['--hlep', "Unknown option '--hlep'"],
    ['--api-version', "'--api-version <value>' argument missing"],
  ])('refuses %s, and checks nothing', async (flag, line) => {
    const { code, output } = await diagnose({}, flag)
    expect(output).toContain(line)
    expect(output).not.toContain('Configuration')
    expect(code).toBe(1)
  })

  it('prints its options', async () => {
    expect(await diagnose({}, '--help')).toMatchObject({
      code: 0,
      output: expect.stringContaining('diagnose https://app.example.com'),
    })
  })
})

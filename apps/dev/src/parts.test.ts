import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessionSecret, readSettings } from './env-files.ts'
import { polarName, readyBlock } from './ready-block.ts'
import { summarise } from './tally.ts'

describe('the ready block', () => {
  const app = 'http://localhost:5173'

  it('leads from the emulator to the real Polar in three steps', () => {
    const block = readyBlock({
      seconds: 1.94,
      app,
      emulator: 'http://127.0.0.1:4567',
      polar: 'unused',
    })
    expect(block).toBe(`
  Polar Connect   ready in 1.9 s

  App        http://localhost:5173          <- open this
  Emulator   http://127.0.0.1:4567          clock, faults, request log
  Checks     http://localhost:5173/diagnostics

  Polar      emulator (fake data, no account needed)

  Use the real Polar in 3 steps
    1. Create an OAuth client (confidential) at
       https://sandbox.polar.sh/dashboard/account/developer#oauth
       Redirect URI:  http://localhost:5173/auth/callback
    2. cp .env.example .env   and fill POLAR_CLIENT_ID, POLAR_CLIENT_SECRET
    3. Set POLAR_SERVER=sandbox in .env and run this command again

  Press Ctrl+C to stop
`)
  })

  it('warns of live data, and names no emulator with the real Polar', () => {
    const block = readyBlock({ seconds: 1, app, polar: polarName(undefined) })
    expect(block).toContain('  Polar      polar.sh (LIVE DATA)')
    expect(block).not.toContain('Emulator')
    expect(block).toContain('  Checks     http://localhost:5173/diagnostics')
    expect(polarName('sandbox')).toBe('sandbox.polar.sh')
  })
})

describe('settings', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'polar-connect-env-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('come from the files, and the environment wins', () => {
    writeFileSync(join(folder, '.env'), 'A=file\nB=file\nEMPTY=\n')
    writeFileSync(join(folder, '.env.local'), 'B=local\n')
    expect(readSettings(folder, { A: 'environment' })).toEqual({
      env: { A: 'environment', B: 'local' },
      source: '.env',
    })
  })

  it('need no file', () => {
    expect(readSettings(folder, { A: '1' })).toEqual({ env: { A: '1' }, source: undefined })
  })

  it('keep a session secret that was made for development', () => {
    const secret = createSessionSecret(folder)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(readFileSync(join(folder, '.env.local'), 'utf8')).toBe(`SESSION_SECRETS=${secret}\n`)
    expect(readSettings(folder, {}).env).toEqual({ SESSION_SECRETS: secret })
  })
})

describe('the closing line', () => {
  const tally = (passed: number, failed: number, skipped = 0) => ({
    passed,
    failed,
    skipped,
    failures: [],
  })

  it.each([
    [[tally(3, 0), tally(4, 0)], '7 passed, 0 failed', true],
    [[tally(3, 0), tally(4, 1)], '7 passed, 1 failed', false],
    [[tally(3, 0, 2)], '3 passed, 0 failed, 2 skipped', true],
    [[tally(0, 0)], '0 passed, 0 failed', false],
    [[], '0 passed, 0 failed', false],
  ])('sums %j up as %s', (tallies, line, ok) => {
    expect(summarise(tallies)).toEqual({ failures: '', line, ok })
  })

  it('comes after what failed, each with how its message begins', () => {
    const message = 'a line\n'.repeat(30)
    const failed = {
      ...tally(1, 2),
      failures: [
        { name: 'one', message },
        { name: 'two', message: 'x' },
      ],
    }
    const lines = summarise([failed, tally(1, 0)]).failures.split('\n')
    expect(lines.slice(0, 2)).toEqual(['FAILED  one', '        a line'])
    expect(lines.slice(-2)).toEqual(['FAILED  two', '        x'])
    expect(lines.length).toBeLessThan(20)
  })
})

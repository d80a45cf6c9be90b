import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessionSecret, readSettings } from './settings.ts'

describe('settings', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'polar-connect-env-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (content: string | Uint8Array, name = '.env') =>
    writeFileSync(join(folder, name), content)

  it('come from the files, and the environment wins', () => {
    write('A=file\nB=file\nEMPTY=\n')
    write('B=local\n', '.env.local')
    expect(readSettings(folder, { A: 'environment' })).toEqual({
      env: { A: 'environment', B: 'local' },
      source: '.env',
    })
  })

  it('need no file', () => {
    expect(readSettings(folder, { A: '1' })).toEqual({ env: { A: '1' }, source: undefined })
  })

  const text = 'export POLAR_CLIENT_ID="polar_ci_Fake"\r\nPORT=\'3000\' # a port\r\n'
  it.each([
    ['Windows line ends, quotes and export', Buffer.from(text)],
    ['a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 with the high byte first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('are read from a file with %s', (_, bytes) => {
    write(bytes)
    expect(readSettings(folder, {}).env).toEqual({ POLAR_CLIENT_ID: 'polar_ci_Fake', PORT: '3000' })
  })

  it.each([
    'POLAR_CLIENT_ID: polar_ci_Fake',
    '$env:POLAR_CLIENT_ID = "polar_ci_Fake"',
    'set POLAR_CLIENT_ID=polar_ci_Fake',
    'PORT=3000 POLAR_CLIENT_ID=polar_ci_Fake',
  ])('are not taken from a file that hides the client id: %s', (line) => {
    write(`PORT=3000\n${line}\n`)
    expect(() => readSettings(folder, {})).toThrow('.env names POLAR_CLIENT_ID, but not as a line')
  })

  it.each(['# POLAR_CLIENT_ID=polar_ci_Fake', '  # see POLAR_CLIENT_ID', 'POLAR_CLIENT_ID='])(
    'may leave the client id out: %s',
    (line) => {
      write(`PORT=3000\n${line}\n`)
      expect(readSettings(folder, {}).env).toEqual({ PORT: '3000' })
    },
  )

  it('are not taken from what cannot be read', () => {
    mkdirSync(join(folder, '.env'))
    expect(() => readSettings(folder, {})).toThrow('.env cannot be read: EISDIR')
  })

  it('keep a session secret that was made for development', () => {
    write('A=1', '.env.local')
    const { secret, kept } = createSessionSecret(folder)
    expect(kept).toBe(true)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(readSettings(folder, {}).env).toEqual({ A: '1', SESSION_SECRETS: secret })
    expect(readFileSync(join(folder, '.env.local'), 'utf8')).toContain('\nSESSION_SECRETS=')
  })

  it('do without keeping it on a disk that cannot be written', () => {
    const { secret, kept } = createSessionSecret(join(folder, 'missing'))
    expect(kept).toBe(false)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  })
})

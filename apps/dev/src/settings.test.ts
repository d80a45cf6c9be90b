import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessionSecret, readPort, readSettings } from './settings.ts'

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
    ['the line ends of an old Mac', Buffer.from(text.replaceAll('\r\n', '\r'))],
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

  it('fail if a file cannot be read', () => {
    mkdirSync(join(folder, '.env'))
    expect(() => readSettings(folder, {})).toThrow('.env cannot be read: EISDIR')
  })

  it('fail if a link leads to no file', () => {
    symlinkSync(join(folder, 'gone'), join(folder, '.env'))
    expect(() => readSettings(folder, {})).toThrow('.env cannot be read: ENOENT')
  })

  it('fail if a file has another encoding', () => {
    write(Buffer.from('POLAR_CLIENT_ID=polar_ci_Fake\n', 'utf16le'))
    expect(() => readSettings(folder, {})).toThrow('.env is not text in UTF-8. Save it as UTF-8.')
  })

  it('have a port, or the default if it is empty', () => {
    expect(readPort({ PORT: ' 8080\r' }, 'PORT', 5173)).toBe(8080)
    expect(readPort({ PORT: '' }, 'PORT', 5173)).toBe(5173)
    expect(readPort({}, 'PORT', 5173)).toBe(5173)
  })

  it.each(['"3000"', 'tcp://10.0.0.1:3000', '0', '70000'])('have no port %s', (PORT) => {
    expect(() => readPort({ PORT }, 'PORT', 5173)).toThrow('PORT should be a number from 1')
  })

  it('keep a session secret that was made for development', () => {
    write('A=1', '.env.local')
    const { secret, kept } = createSessionSecret(folder)
    expect(kept).toBe(true)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(readSettings(folder, {}).env).toEqual({ A: '1', SESSION_SECRETS: secret })
    expect(readFileSync(join(folder, '.env.local'), 'utf8')).toContain('\nSESSION_SECRETS=')
  })

  it('have a session secret for one run if the disk is read-only', () => {
    const { secret, kept } = createSessionSecret(join(folder, 'missing'))
    expect(kept).toBe(false)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  })
})

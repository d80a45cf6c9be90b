/** What an emulator keeps over a restart. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEmulator } from '../src/index.ts'
import { StateFileError } from '../src/world/state-file.ts'
import { CALLBACK, startPolar } from './polar.ts'

let folder: string
let stateFile: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-'))
  stateFile = join(folder, 'deep/emulator.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a restarted emulator', () => {
  it('keeps tokens, consents, keys, settings and time', async () => {
    const before = await startPolar({ stateFile })
    const tokens = await before.connect({ scope: 'openid organizations:read' })
    await before.advance(3600)
    await before.control('PATCH', '/settings', { refreshed_access_token_lifetime: 120 })
    const keys = await before.json(await before.get('/.well-known/jwks.json'))
    await before.control('POST', '/faults/presets/clock-off')
    await before.close()

    const after = await startPolar({ stateFile })
    expect((await after.api('/v1/organizations/', tokens.access_token)).status).toBe(200)
    const again = await after.authorize({ scope: 'openid organizations:read' })
    expect(again.headers.get('Location')).toContain('code=')
    expect(await after.json(await after.get('/.well-known/jwks.json'))).toEqual(keys)
    expect(await after.json(await after.get('/_emulator/clock'))).toMatchObject({
      offset_seconds: 3600,
    })
    expect(await after.json(await after.refresh(tokens.refresh_token))).toMatchObject({
      expires_in: 120,
    })
    await after.close()
  })

  it('accepts the redirect URIs of both starts', async () => {
    const before = await startPolar({ stateFile, redirectUris: [CALLBACK] })
    await before.control('POST', '/sign-out')
    await before.close()
    const after = await startPolar({ stateFile, redirectUris: ['https://new.example/callback'] })
    await after.control('POST', '/sign-in', { person: 'ada@example.com' })
    expect((await after.authorize({ redirect_uri: 'https://new.example/callback' })).status).toBe(
      200,
    )
    expect((await after.authorize()).status).toBe(200)
    await after.close()
  })

  it('writes soon after a change, to a file that only its owner can read', async () => {
    const polar = await startPolar({ stateFile })
    const { refresh_token: token } = await polar.connect()
    await expect.poll(() => readState()).toContain(token)
    expect(statSync(stateFile).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['emulator.json'])
    await polar.close()
  })

  it('names the file that it cannot restore', () => {
    const broken = join(folder, 'broken.json')
    for (const text of ['{"format":', '{"format":99}', 'null']) {
      writeFileSync(broken, text)
      expect(() => createEmulator({ stateFile: broken })).toThrow(`${broken} is not a state`)
    }
  })

  it('names a file that it cannot read', () => {
    const start = () => createEmulator({ stateFile: folder })
    expect(start).toThrow(StateFileError)
    expect(start).toThrow(`${folder} cannot be read: EISDIR`)
  })

  it('works on while its file cannot be written, says so once, and saves when it can', async () => {
    const said: unknown[] = []
    const spy = vi.spyOn(console, 'error').mockImplementation((line) => said.push(line))
    const polar = await startPolar({ stateFile })
    // In the place of the file.
    mkdirSync(join(stateFile, 'in the way'), { recursive: true })
    await polar.connect()
    await expect.poll(() => said).toHaveLength(1)
    expect(said[0]).toContain(`The state is not saved in ${stateFile}, so a restart loses it: E`)
    const { refresh_token: token } = await polar.connect()
    rmSync(stateFile, { recursive: true })
    await polar.control('POST', '/sign-out')
    await expect.poll(() => readState()).toContain(token)
    expect(said).toHaveLength(1)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['emulator.json'])
    await polar.close()
    spy.mockRestore()
  })

  it('starts with fresh data after a reset', async () => {
    const before = await startPolar({ stateFile })
    const { access_token: token } = await before.connect()
    await before.control('POST', '/reset')
    await before.close()
    const after = await startPolar({ stateFile })
    expect((await after.api('/v1/organizations/', token)).status).toBe(401)
    await after.close()
  })

  function readState(): string {
    try {
      return readFileSync(stateFile, 'utf8')
    } catch {
      // The file does not exist yet.
      return ''
    }
  }
})

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { create } from './create.ts'

describe('a new app', () => {
  let parent: string
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'create-polar-connect-'))
  })
  afterEach(() => rmSync(parent, { recursive: true }))

  it('has its own name, secret and the packages of this version', () => {
    const folder = join(parent, 'My Shop')
    create(folder, '1.2.3')
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    const { name, dependencies, devDependencies } = JSON.parse(read('package.json')) as {
      name: string
      dependencies: Record<string, string>
      devDependencies: Record<string, string>
    }
    expect(name).toBe('my-shop')
    const ours = Object.entries({ ...dependencies, ...devDependencies }).filter(([key]) =>
      key.startsWith('@polar-connect/'),
    )
    expect(ours.length).toBeGreaterThan(2)
    expect(new Set(ours.map(([, range]) => range))).toEqual(new Set(['^1.2.3']))
    const secret = parseEnv(read('.env'))['SESSION_SECRETS'] ?? ''
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(read('.gitignore')).toContain('.env')
  })

  it('accepts an empty folder, and no other', () => {
    const folder = join(parent, 'app')
    mkdirSync(folder)
    create(folder, '1.0.0')
    expect(existsSync(join(folder, 'package.json'))).toBe(true)
    writeFileSync(join(folder, 'package.json'), 'mine')
    expect(() => create(folder, '1.0.0')).toThrow('is not empty')
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('mine')
    const cli = fileURLToPath(new URL('cli.ts', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [cli, folder], { encoding: 'utf8' })
    expect([status, stderr.split('\n').length]).toEqual([1, 2])
  })

  it.each(['my #1 shop', '100%'])(
    'is not created in a folder that Vite cannot serve: %s',
    (name) => {
      const folder = join(parent, name)
      expect(() => create(folder, '1.0.0')).toThrow(`in its path: ${folder}`)
      expect(existsSync(folder)).toBe(false)
    },
  )

  it("is named my-app if npm allows no letter of the folder's name", () => {
    const folder = join(parent, '店')
    create(folder, '1.0.0')
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toContain('"name": "my-app"')
  })
})

/** Dependencies: only named ones, unchanged, and without install scripts. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FOLDERS, ROOT } from './workspace.ts'

const lockfile = readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8')

describe('S65: the dependencies', () => {
  it('of the BFF are four, and our own protocol', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'packages/bff/package.json'), 'utf8')) as {
      dependencies: object
    }
    expect(Object.keys(manifest.dependencies).toSorted()).toEqual([
      '@polar-connect/protocol',
      'hono',
      'jose',
      'oauth4webapi',
      'valibot',
    ])
  })

  it('all come from the registry, by their digest', () => {
    const resolutions = lockfile.match(/^ {4}resolution: .*$/gm) ?? []
    expect(resolutions.length).toBeGreaterThan(100)
    for (const line of resolutions) {
      expect(line).toMatch(/^ {4}resolution: \{integrity: sha512-[A-Za-z0-9+/]{86}==\}$/)
    }
    expect(lockfile).not.toMatch(/git\+|codeload|tarball:|https?:/)
  })

  describe('in a copy of the workspace', () => {
    let copy: string
    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), 'polar-connect-supply-'))
      const manifests = FOLDERS.map((folder) => `${folder}/package.json`)
      for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
        cpSync(join(ROOT, file), join(copy, file), { recursive: true })
      }
    })
    afterEach(() => rmSync(copy, { recursive: true, force: true }))

    /** As CI installs, from what this machine has already: a download would be a way in as well. */
    function install(...flags: string[]): { code: number | null; output: string } {
      const args = ['-y', 'pnpm@12', 'install', '--offline', ...flags]
      const { status, stdout, stderr } = spawnSync('npx', args, { cwd: copy, encoding: 'utf8' })
      return { code: status, output: stdout + stderr }
    }

    function change(file: string, edit: (text: string) => string): void {
      const path = join(copy, file)
      const before = readFileSync(path, 'utf8')
      const after = edit(before)
      if (after === before) throw new Error(`${file} is as it was`)
      writeFileSync(path, after)
    }

    it('are not installed if their digest differs from the lockfile', () => {
      // The age check asks the registry; this test is offline.
      change('pnpm-workspace.yaml', (text) => `${text}\nminimumReleaseAge: 0\n`)
      const bff = ['--frozen-lockfile', '--prod', '--filter', '@polar-connect/bff']
      expect(install(...bff)).toMatchObject({ code: 0 })
      rmSync(join(copy, 'node_modules'), { recursive: true })
      change('pnpm-lock.yaml', (text) =>
        text.replace(/( valibot@[\d.]+:\n {4}resolution: \{integrity: sha512-)..../, '$1AAAA'),
      )
      expect(install(...bff)).toEqual({ code: 1, output: expect.stringContaining('valibot') })
    })

    it('are not installed from git, or if the lockfile does not know them', () => {
      change('packages/bff/package.json', (text) =>
        text.replace('"dependencies": {', '"dependencies": {"left": "github:someone/left",'),
      )
      const { code, output } = install('--frozen-lockfile')
      expect(code).not.toBe(0)
      expect(output).toContain('LOCKFILE')
    })

    it('run only the install scripts that are named', () => {
      const mark = join(copy, 'ran')
      mkdirSync(join(copy, 'evil'))
      const scripts = { postinstall: `node -e "require('fs').writeFileSync('${mark}', '')"` }
      writeFileSync(
        join(copy, 'evil/package.json'),
        JSON.stringify({ name: 'evil', version: '1.0.0', scripts }),
      )
      rmSync(join(copy, 'pnpm-lock.yaml'))
      change('pnpm-workspace.yaml', (text) => text.replace(/^packages:\n( {2}.*\n)+/m, ''))
      writeFileSync(
        join(copy, 'package.json'),
        JSON.stringify({ name: 'app', private: true, dependencies: { evil: 'file:./evil' } }),
      )
      const { code, output } = install()
      expect([code, output]).toEqual([1, expect.stringContaining('IGNORED_BUILDS')])
      expect(existsSync(mark)).toBe(false)
    })
  })
})

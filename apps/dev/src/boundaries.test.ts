/** The rooms and which way imports flow: held by each package.json, by pnpm, and by lint. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOMS, ROOT, binary } from './workspace.ts'

type Room = (typeof ROOMS)[number]

/** What a room may import of the others when it runs; its tests may bring more. */
const MAY_IMPORT: Record<Room, readonly string[]> = {
  'packages/protocol': [],
  'packages/bff': ['protocol'],
  'packages/browser': ['protocol'],
  'packages/react': ['browser', 'protocol'],
  'packages/emulator': [],
  'apps/web': ['react', 'browser', 'protocol'],
  'apps/server': ['bff', 'protocol'],
  'apps/dev': [],
}

const NAMES = ['protocol', 'bff', 'browser', 'react', 'emulator', 'web', 'server', 'dev']

interface Manifest {
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}

const manifestOf = (room: Room) =>
  JSON.parse(readFileSync(join(ROOT, room, 'package.json'), 'utf8')) as Manifest

const roomsIn = (dependencies: Record<string, string> = {}) =>
  Object.keys(dependencies).flatMap((name) => /^@polar-connect\/(.+)$/.exec(name)?.[1] ?? [])

describe.each(ROOMS)('%s', (room) => {
  it('names in its package.json the rooms that it may import, and no more', () => {
    expect(roomsIn(manifestOf(room).dependencies).toSorted()).toEqual(MAY_IMPORT[room].toSorted())
  })

  it('finds no room that it does not name', () => {
    const { dependencies, devDependencies } = manifestOf(room)
    const named = new Set([...roomsIn(dependencies), ...roomsIn(devDependencies)])
    const own = room.split('/')[1]
    const require = createRequire(join(ROOT, room, 'package.json'))
    for (const other of NAMES.filter((name) => name !== own && !named.has(name))) {
      expect(() => require.resolve(`@polar-connect/${other}`), other).toThrow('Cannot find module')
    }
  })

  const forbidden = NAMES.filter(
    (name) => name !== room.split('/')[1] && !MAY_IMPORT[room].includes(name),
  )
  const folder = join(ROOT, room, 'src', 'boundary-fixture')
  beforeAll(() => {
    mkdirSync(folder, { recursive: true })
    for (const name of forbidden) {
      const source = `import * as other from '@polar-connect/${name}'\n\nexport const used = other\n`
      writeFileSync(join(folder, `${name}.ts`), source)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is refused by lint what it may not import', () => {
    const { stdout } = spawnSync(
      binary('apps/dev', 'oxlint'),
      ['--format', 'unix', '-c', join(ROOT, '.oxlintrc.json'), folder],
      {
        cwd: ROOT,
        encoding: 'utf8',
        env: { PATH: `${binary('apps/dev', '')}${delimiter}${process.env['PATH']}` },
      },
    )
    for (const name of forbidden) {
      expect(stdout, name).toMatch(new RegExp(`${name}\\.ts:1:.*no-restricted-imports`))
    }
  })
})

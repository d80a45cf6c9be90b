import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPlaywright, readVitest } from './reports.ts'
import type { Tally } from './tally.ts'
import { binary } from './workspace.ts'

interface Runner {
  readonly name: string
  readonly room: string
  readonly imports: string
  readonly args: (folder: string, report: string) => string[]
  readonly read: (report: string, code: number) => Tally
}

const RUNNERS: readonly Runner[] = [
  {
    name: 'vitest',
    room: 'apps/dev',
    imports: 'vitest',
    args: (folder, report) => [
      'run',
      `--root=${folder}`,
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    read: readVitest,
  },
  {
    name: 'playwright',
    room: 'apps/web',
    imports: '@playwright/test',
    args: (folder) => ['test', `--config=${folder}`, '--reporter=json'],
    read: readPlaywright,
  },
]

describe.each(RUNNERS)('a report of $name', ({ name, room, imports, args, read }) => {
  /** Runs `files` with the real runner, below a room that has it. */
  function run(files: Readonly<Record<string, string>>): Tally {
    const folder = mkdtempSync(join(binary(room, '..'), 'reports-'))
    try {
      for (const [file, source] of Object.entries(files)) writeFileSync(join(folder, file), source)
      const report = join(folder, 'report.json')
      const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
      const { status } = spawnSync(binary(room, name), args(folder, report), { env, cwd: folder })
      return read(report, status ?? 1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  it('counts, and names what failed with how it failed', () => {
    const { failures, ...counts } = run({
      'some.test.mjs': `
        import { expect, test } from '${imports}'
        test('holds', () => {})
        test('breaks', () => expect(1).toBe(2))
        test.skip('rests', () => {})
      `,
    })
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 1 })
    expect(failures).toHaveLength(1)
    expect(failures[0]?.name).toMatch(/breaks.*some\.test\.mjs/)
    expect(failures[0]?.message).toMatch(/to ?be/i)
  })

  it('is a failure where a file does not load', () => {
    const { passed, failed, failures } = run({ 'some.test.mjs': "throw new Error('no such luck')" })
    expect([passed, failed]).toEqual([0, 1])
    expect(failures.map(({ message }) => message).join('\n')).toContain('no such luck')
  })

  it('is a failure where the runner wrote none', () => {
    const failures = [{ name, message: 'It ended with code 137.' }]
    expect(read('none.json', 137)).toEqual({ passed: 0, failed: 1, skipped: 0, failures })
  })
})

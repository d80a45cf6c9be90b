import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPlaywright, readVitest, summarise, type Counts } from './reports.ts'
import { ROOT, toolOf } from './workspace.ts'

describe('the closing line', () => {
  const counts = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped })

  it.each([
    [[counts(3, 0), counts(4, 0)], '7 passed, 0 failed', true],
    [[counts(3, 0), counts(4, 1)], '7 passed, 1 failed', false],
    [[counts(3, 0, 2)], '3 passed, 0 failed, 2 skipped', true],
    [[counts(0, 0)], '0 passed, 0 failed', false],
    [[], '0 passed, 0 failed', false],
  ])('sums %j up as %s', (all, line, ok) => {
    expect(summarise(all)).toEqual({ line, ok })
  })
})

describe.each([
  [
    'vitest',
    'vitest',
    'apps/dev',
    readVitest,
    (folder: string, report: string) => [
      'run',
      `--root=${folder}`,
      '--reporter=json',
      `--outputFile=${report}`,
    ],
  ],
  [
    'playwright',
    '@playwright/test',
    'apps/web',
    readPlaywright,
    (folder: string) => ['test', `--config=${folder}`, '--reporter=json'],
  ],
] as const)('a report of %s', (bin, name, owner, read, args) => {
  /** Runs `files` with the real runner, where its modules are found. */
  function run(files: Readonly<Record<string, string>>): Counts {
    const folder = mkdtempSync(join(ROOT, owner, 'node_modules/reports-'))
    try {
      for (const [file, source] of Object.entries(files)) writeFileSync(join(folder, file), source)
      const report = join(folder, 'report.json')
      const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
      const [node, cli] = toolOf(owner, name, bin)
      const { status } = spawnSync(node, [cli, ...args(folder, report)], { env, cwd: folder })
      return read(report, status ?? 1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  it('counts what passed, failed and was skipped', () => {
    expect(
      run({
        'some.test.mjs': `
        import { expect, test } from '${name}'
        test('holds', () => {})
        test('breaks', () => expect(1).toBe(2))
        test.skip('rests', () => {})
      `,
      }),
    ).toEqual({ passed: 1, failed: 1, skipped: 1 })
  })

  it('is a failure when a file does not load', () => {
    const { passed, failed } = run({ 'some.test.mjs': "throw new Error('no such luck')" })
    expect([passed, failed]).toEqual([0, 1])
  })

  it('is a failure when the runner wrote none', () => {
    expect(read('none.json', 137)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

/** The `polar-emulator` command, where it cannot start. */
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

it.each([
  [['--port', 'abc'], '--port abc is not a port: use a number up to 65535.'],
  [['--port', '65536'], '--port 65536 is not a port'],
  [['--port='], '--port  is not a port'],
  [['--seed', 'abc'], '--seed abc is not a whole number.'],
  [['--dataset', 'huge'], '--dataset huge is unknown: use small, empty, large, awkward.'],
  [['--as-of', '2026-09'], '--as-of 2026-09 is unknown: use 2026-08 or 2026-11.'],
  [['--issuer', 'nonsense'], '--issuer nonsense is not a URL.'],
  [['--commit-delay', '400-0'], '--commit-delay 400-0 is not a delay: use 0, or 0-400.'],
  [['--commit-delay', '0-600001'], '--commit-delay 0-600001 is not a delay'],
  [['--host', '203.0.113.1'], 'listen EADDRNOTAVAIL'],
  [['--state', tmpdir()], `${tmpdir()} cannot be read: EISDIR`],
])('%j says why, without a trace', (args, words) => {
  const { status, stderr } = spawnSync(process.execPath, [CLI, '--port=0', ...args], {
    encoding: 'utf8',
    // So that a command which starts fails the test.
    timeout: 20_000,
  })
  expect(stderr).toContain(words)
  expect(stderr).not.toContain('    at ')
  expect(status).toBe(1)
})

/** The README has the examples that run, and names every fault and every option. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ID_TOKEN_FAULTS, NETWORK_KINDS } from '../src/faults/fault.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const readme = read('../README.md')

describe('the README', () => {
  it.each(['vitest.test.ts', 'node.ts'])('has the example that runs: %s', (name) => {
    expect(readme).toContain(`\`\`\`ts\n${read(`./examples/${name}`)}\`\`\``)
  })

  it('has an example for node:test that passes', async () => {
    const file = fileURLToPath(new URL('./examples/node.ts', import.meta.url))
    const run = promisify(execFile)(process.execPath, ['--test', file])
    expect((await run).stdout).toMatch(/pass 1$/m)
  })

  it('names every kind of fault', () => {
    for (const name of [...NETWORK_KINDS, ...ID_TOKEN_FAULTS]) {
      expect(readme).toContain(`\`${name}\``)
    }
  })

  it('names every option', () => {
    const options = [...read('../src/world/options.ts').matchAll(/^ {2}readonly (\w+)\?:/gm)]
    expect(options.length).toBeGreaterThan(5)
    for (const [, name = ''] of options)
      expect(readme).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|`, 'm'))
  })
})

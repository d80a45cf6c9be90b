/** The README shows its example as it is tested, and names every fault there is. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ID_TOKEN_FAULTS, NETWORK_KINDS } from '../src/faults/fault.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const readme = read('../README.md')

describe('the README', () => {
  it('holds the example as it runs', () => {
    expect(readme).toContain(`\`\`\`ts\n${read('./readme-example.test.ts')}\`\`\``)
  })

  it('names every kind of fault', () => {
    for (const name of [...NETWORK_KINDS, ...ID_TOKEN_FAULTS]) {
      expect(readme).toContain(`\`${name}\``)
    }
  })
})

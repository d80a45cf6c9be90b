import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../workspace.ts'
import { DEFENCES } from './defences.ts'

describe('the table of defences', () => {
  it.each(DEFENCES)('finds S$number in the code: $without', ({ file, from, to }) => {
    const parts = readFileSync(join(ROOT, file), 'utf8').split(from)
    expect(parts).toHaveLength(2)
    expect(to).not.toBe(from)
  })
})

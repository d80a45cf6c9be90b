import { describe, expect, it } from 'vitest'
import { createJsonLogger } from './log.ts'

describe('the JSON logger', () => {
  it.each([
    ['trace', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['silent', []],
  ] as const)('at %s writes %j, one per line', (least, written) => {
    const lines: string[] = []
    const logger = createJsonLogger(least, (line) => lines.push(line))
    for (const level of ['info', 'warn', 'error'] as const) logger[level]({ n: 1 }, 'said')
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual(
      written.map((level) => ({ level, time: expect.any(String) as unknown, n: 1, msg: 'said' })),
    )
  })
})

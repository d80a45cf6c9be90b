import { PROBLEM_TITLES, type Problem } from '@polar-connect/protocol'
import { describe, expect, it } from 'vitest'
import { createLocalPolar } from '../testing/local-polar.ts'

describe('a problem', () => {
  it('S51: has fixed words, and nothing of the request', async () => {
    const { browser } = await createLocalPolar()
    for (const answer of [
      await browser.fetch('/bff/planted'),
      await browser.post('/bff/callback', { error: 'planted', state: 'planted' }),
      await browser.post('/bff/authorize', { planted: 'planted' }),
    ]) {
      const problem = (await answer.json()) as Problem
      expect(problem).toEqual({
        type: `/problems/${problem.code}`,
        title: PROBLEM_TITLES[problem.code],
        status: answer.status,
        code: problem.code,
        reference: expect.stringMatching(/^[\w-]{4,16}$/),
      })
    }
  })
})

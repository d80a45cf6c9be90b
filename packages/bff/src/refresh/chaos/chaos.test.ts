/** A little of `chaos`, the same every time; the command plays as much as one likes. */
import { describe, expect, it } from 'vitest'
import { playRounds } from './run.ts'
import { hasRedis } from '../../testing/redis-server.ts'

describe('chaos', () => {
  it('loses no session that could be saved, writes nothing twice, and mixes up no two people', async () => {
    const stories: string[] = []
    const summary = await playRounds(
      { seed: 2026, rounds: 16, redisRounds: hasRedis ? 2 : 0 },
      (round, { story }) => stories.push([`round ${round}`, ...story].join('\n  ')),
    )
    expect(summary.faults, stories.join('\n')).toEqual([])
    expect(summary.rounds).toBe(16)
    expect(summary.calls).toBeGreaterThan(400)
  }, 120_000)
})

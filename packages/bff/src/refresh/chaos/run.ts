/**
 * `chaos`: many rounds, some of them on a real Redis that is stopped, frozen and emptied. The same
 * seed plays the same rounds; which of two things that run at once ends first is the machine's choice.
 */
import { parseArgs } from 'node:util'
import { hasRedis, startRedisServer } from '../../testing/redis-server.ts'
import { createDice } from './dice.ts'
import { playRound, type Verdict } from './round.ts'

export interface Summary {
  readonly rounds: number
  readonly calls: number
  readonly faults: readonly string[]
  /** How many sessions could not be saved, by what was to blame. */
  readonly lost: Readonly<Record<string, number>>
}

/** @param onBad hears of each round that has a fault, with what happened in it. */
export async function playRounds(
  options: { seed: number; rounds: number; redisRounds: number },
  onBad: (round: number, verdict: Verdict) => void = () => undefined,
): Promise<Summary> {
  const { seed, rounds, redisRounds } = options
  const summary = {
    rounds: 0,
    calls: 0,
    faults: [] as string[],
    lost: {} as Record<string, number>,
  }
  let next = 0

  async function play(round: number, redis?: Parameters<typeof playRound>[2]): Promise<void> {
    const verdict = await playRound(createDice(seed * 1_000_003 + round), `round ${round}`, redis)
    summary.rounds += 1
    summary.calls += verdict.calls
    for (const reason of verdict.lost) summary.lost[reason] = (summary.lost[reason] ?? 0) + 1
    summary.faults.push(...verdict.faults.map((fault) => `round ${round}: ${fault}`))
    if (verdict.faults.length > 0) onBad(round, verdict)
  }

  const inMemory = async () => {
    while (next < rounds - redisRounds) await play(next++)
  }
  const onRedis = async () => {
    if (redisRounds === 0) return
    const server = await startRedisServer()
    for (let round = rounds - redisRounds; round < rounds; round += 1) {
      await server.flush()
      await play(round, server)
    }
    await server.close()
  }
  // Most of a round is waiting, so several are played at once; those on Redis share one server.
  await Promise.all([onRedis(), ...Array.from({ length: 8 }, inMemory)])
  return summary
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '1000' },
      redis: { type: 'string', default: '0.1' },
      story: { type: 'boolean', default: false },
    },
  })
  const rounds = Number(values.rounds)
  const redisRounds = hasRedis ? Math.round(rounds * Number(values.redis)) : 0
  if (!hasRedis) console.log('No redis-server: all rounds are in memory.')
  const startedAt = performance.now()
  const summary = await playRounds(
    { seed: Number(values.seed), rounds, redisRounds },
    (round, bad) =>
      console.log([`round ${round}`, ...(values.story ? bad.story : bad.faults)].join('\n  ')),
  )
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const lost = Object.entries(summary.lost).map(([reason, times]) => `${times} by ${reason}`)
  console.log(
    `seed ${values.seed}: ${summary.rounds} rounds (${redisRounds} on Redis), ${summary.calls} calls, ${seconds} s`,
  )
  console.log(`not to be saved: ${lost.join(', ') || 'none'}`)
  console.log(`${summary.rounds} passed, ${summary.faults.length} failed`)
  // Killed processes left work behind that never ends.
  process.exit(summary.faults.length === 0 ? 0 : 1)
}

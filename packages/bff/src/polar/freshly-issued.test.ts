import { describe, expect, it } from 'vitest'
import { BffError } from '../errors/bff-error.ts'
import type { Time } from '../runtime/time.ts'
import { askWhileFresh, isFresh, repeatInvalidGrant } from './freshly-issued.ts'

const ISSUED_AT = 1_790_000_000

/** Time that passes only in pauses, which are kept. */
function createTime(age = 0) {
  const pauses: number[] = []
  let now = ISSUED_AT + age
  const time: Time = {
    now: () => now,
    elapsed: () => now * 1000,
    after(milliseconds, work) {
      pauses.push(milliseconds)
      now += milliseconds / 1000
      work()
      return () => undefined
    },
  }
  return { time, pauses }
}

/** Says "unknown" so many times, then "known". */
function answering(unknown: number) {
  const asked = { times: 0 }
  const ask = async () => ((asked.times += 1) <= unknown ? 'unknown' : 'known')
  return { ask, asked }
}

const isUnknown = (answer: string) => answer === 'unknown'
const refused = new BffError('invalid_grant', 'Polar answered invalid_grant')

describe('what was just issued', () => {
  it('is asked for once, without a pause, if Polar knows it', async () => {
    const { time, pauses } = createTime()
    const { ask, asked } = answering(0)
    expect(await askWhileFresh(time, ISSUED_AT, ask, isUnknown)).toBe('known')
    expect([asked.times, pauses]).toEqual([1, []])
  })

  it('is asked for again with growing, jittered pauses', async () => {
    const { time, pauses } = createTime()
    const { ask } = answering(5)
    expect(await askWhileFresh(time, ISSUED_AT, ask, isUnknown)).toBe('known')
    expect(pauses).toHaveLength(5)
    for (const [index, least] of [50, 100, 200, 400, 800].entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(least)
      expect(pauses[index]).toBeLessThanOrEqual(least * 1.25)
    }
  })

  it('counts as unknown after about three seconds', async () => {
    const { time } = createTime()
    const { ask } = answering(Infinity)
    expect(await askWhileFresh(time, ISSUED_AT, ask, isUnknown)).toBe('unknown')
    expect(time.now() - ISSUED_AT).toBeGreaterThan(3)
    expect(time.now() - ISSUED_AT).toBeLessThan(4)
  })

  it('counts as unknown at once if it is older', async () => {
    const { time } = createTime(5)
    const { ask, asked } = answering(1)
    expect(isFresh(time, ISSUED_AT)).toBe(false)
    expect(await askWhileFresh(time, ISSUED_AT, ask, isUnknown)).toBe('unknown')
    expect(asked.times).toBe(1)
  })

  it('frees each answer that is asked for again, and keeps the last', async () => {
    const { time } = createTime()
    const { ask } = answering(2)
    const freed: string[] = []
    const free = async (answer: string) => void freed.push(answer)
    expect(await askWhileFresh(time, ISSUED_AT, ask, isUnknown, free)).toBe('known')
    expect(freed).toEqual(['unknown', 'unknown'])
  })
})

describe('an invalid_grant', () => {
  const failing = (times: number, error = refused) => {
    const asked = { times: 0 }
    const request = async () => {
      if ((asked.times += 1) <= times) throw error
      return 'pair'
    }
    return { request, asked }
  }

  it('is repeated once while its code or pair is young', async () => {
    const { time, pauses } = createTime()
    const { request } = failing(1)
    expect(await repeatInvalidGrant(time, () => true, request)).toBe('pair')
    expect(pauses).toHaveLength(1)
    // Longer than any commit was seen to take on a busy process of Polar.
    expect(pauses[0]).toBeGreaterThan(400)
  })

  it('counts the second time', async () => {
    const { request, asked } = failing(2)
    await expect(repeatInvalidGrant(createTime().time, () => true, request)).rejects.toBe(refused)
    expect(asked.times).toBe(2)
  })

  it('counts at once if it is not young, and so does any other failure', async () => {
    const { request, asked } = failing(1)
    await expect(repeatInvalidGrant(createTime().time, () => false, request)).rejects.toBe(refused)
    const lost = new BffError('polar_unavailable', 'no answer')
    const other = failing(1, lost)
    await expect(repeatInvalidGrant(createTime().time, () => true, other.request)).rejects.toBe(
      lost,
    )
    expect([asked.times, other.asked.times]).toEqual([1, 1])
  })
})

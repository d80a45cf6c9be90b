import { describe, expect, it } from 'vitest'
import { systemTime, type Time } from '../runtime/time.ts'
import { createTurns } from './turns.ts'

const AT_ONCE = 8

/** Calls that end when they are told to, in the order in which they began. */
function createCalls(time = systemTime) {
  const inTurn = createTurns(time)
  const begun: string[] = []
  const endings = new Map<string, () => void>()
  const call = (name: string, id = 'session', signal?: AbortSignal) =>
    inTurn(id, signal, async () => {
      begun.push(name)
      await new Promise<void>((resolve) => endings.set(name, resolve))
      return name
    })
  const end = async (name: string) => {
    endings.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, call, end }
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `call ${index}`)

describe('calls of one session', () => {
  it('are in flight eight at once, and the others wait in order', async () => {
    const { begun, call, end } = createCalls()
    const all = names(11)
    const answers = all.map((name) => call(name))
    expect(begun).toEqual(all.slice(0, AT_ONCE))
    await end('call 3')
    expect(begun).toEqual(all.slice(0, AT_ONCE + 1))
    await end('call 0')
    expect(begun).toEqual(all.slice(0, AT_ONCE + 2))
    for (const name of all) await end(name)
    expect(await Promise.all(answers)).toEqual(all)
  })

  it('do not hold up another session', async () => {
    const { begun, call } = createCalls()
    for (const name of names(AT_ONCE)) void call(name)
    void call('of another', 'another session')
    expect(begun).toContain('of another')
  })

  it('leave the line if their caller hangs up, and keep the order of the rest', async () => {
    const { begun, call, end } = createCalls()
    for (const name of names(AT_ONCE)) void call(name)
    const caller = new AbortController()
    const abandoned = call('abandoned', 'session', caller.signal)
    void call('patient')
    caller.abort()
    await expect(abandoned).rejects.toMatchObject({ code: 'polar_unavailable' })
    await end('call 5')
    expect(begun.slice(AT_ONCE)).toEqual(['patient'])
  })

  it('give up after a long wait', async () => {
    const timers: (() => void)[] = []
    const time: Time = {
      ...systemTime,
      after: (_, work) => (timers.push(work), () => undefined),
    }
    const { begun, call, end } = createCalls(time)
    for (const name of names(AT_ONCE)) void call(name)
    const tooLong = call('too long')
    for (const work of timers) work()
    await expect(tooLong).rejects.toMatchObject({ code: 'polar_unavailable' })
    void call('next')
    await end('call 0')
    expect(begun.slice(AT_ONCE)).toEqual(['next'])
  })

  it('hand on their place if they fail', async () => {
    const inTurn = createTurns(systemTime)
    const failing = names(AT_ONCE).map(() =>
      inTurn('session', undefined, () => Promise.reject(new Error('no answer'))),
    )
    const next = inTurn('session', undefined, async () => 'next')
    for (const call of failing) await expect(call).rejects.toThrow('no answer')
    expect(await next).toBe('next')
  })
})

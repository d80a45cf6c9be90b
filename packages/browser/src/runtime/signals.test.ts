import { expect, describe, it } from 'vitest'
import { either } from './signals.ts'

describe('the first of two signals', () => {
  it.each([0, 1])('aborts with number %i, for its reason', (index) => {
    const both = [new AbortController(), new AbortController()] as const
    const signal = either(both[0].signal, both[1].signal)
    expect(signal.aborted).toBe(false)
    const reason = new Error('this one')
    both[index]?.abort(reason)
    expect(signal.reason).toBe(reason)
  })

  it('is the first if there is no second, or if the browser cannot join them', () => {
    const { signal } = new AbortController()
    expect(either(signal, null)).toBe(signal)
    const any = Object.getOwnPropertyDescriptor(AbortSignal, 'any')!
    Reflect.deleteProperty(AbortSignal, 'any')
    expect(either(signal, new AbortController().signal)).toBe(signal)
    Object.defineProperty(AbortSignal, 'any', any)
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import { either } from './signals.ts'

afterEach(() => vi.restoreAllMocks())

/** As Safari before 17.4. */
function withoutAny(): void {
  Reflect.deleteProperty(AbortSignal, 'any')
}
const any = Object.getOwnPropertyDescriptor(AbortSignal, 'any')!

describe.each([
  ['with AbortSignal.any', () => undefined],
  ['without it', withoutAny],
])('the first of two signals, in a browser %s', (_, prepare) => {
  afterEach(() => void Object.defineProperty(AbortSignal, 'any', any))

  it.each([0, 1])('aborts with number %i, for its reason', (index) => {
    prepare()
    const both = [new AbortController(), new AbortController()] as const
    const signal = either(both[0].signal, both[1].signal)
    expect(signal.aborted).toBe(false)
    const reason = new Error('this one')
    both[index]?.abort(reason)
    expect(signal.reason).toBe(reason)
  })

  it('is aborted from the start if one of them is', () => {
    prepare()
    const signal = either(new AbortController().signal, AbortSignal.abort('gone'))
    expect(signal.reason).toBe('gone')
  })

  it('is the first if there is no second', () => {
    prepare()
    const { signal } = new AbortController()
    expect(either(signal, null)).toBe(signal)
  })
})

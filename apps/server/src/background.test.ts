import { describe, expect, it } from 'vitest'
import { createBackground } from './background.ts'

describe('the work behind answers', () => {
  it('is waited for, with all that it begins, whether it succeeds or fails', async () => {
    const { context, settled } = createBackground()
    const done: string[] = []
    context.waitUntil(Promise.reject(new Error('failed')))
    context.waitUntil(
      Promise.resolve().then(() => {
        context.waitUntil(Promise.resolve().then(() => done.push('second')))
        done.push('first')
      }),
    )
    await settled()
    expect(done).toEqual(['first', 'second'])
  })
})

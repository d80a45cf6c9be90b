import { describe, expect, it } from 'vitest'
import { createBackground } from './background.ts'

describe('the work behind answers', () => {
  it('is awaited, with all the work that it starts, in success and failure', async () => {
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

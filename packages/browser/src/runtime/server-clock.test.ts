import { describe, expect, it } from 'vitest'
import { createServerClock } from './server-clock.ts'

const HOUR = 3_600_000

/** A page with two clocks that the test sets. */
function createPage() {
  const moment = { wall: 1_000_000, steady: 500 }
  const clock = createServerClock(() => ({ ...moment }))
  return { moment, clock }
}

describe("the server's clock", () => {
  it.each([-5 * HOUR, 0, 5 * HOUR])('is right on a laptop that is %i ms off', (skew) => {
    const { moment, clock } = createPage()
    clock.set(1_000_000 - skew, { ...moment })
    moment.wall += 2000
    moment.steady += 2000
    expect(clock.now()).toBe(1_002_000 - skew)
  })

  it('continues while the laptop sleeps, even if the monotonic clock does not', () => {
    const { moment, clock } = createPage()
    clock.set(5000, { ...moment })
    moment.wall += 8 * HOUR
    expect(clock.now()).toBe(5000 + 8 * HOUR)
  })

  it("does not go back when the laptop's clock is set back", () => {
    const { moment, clock } = createPage()
    clock.set(5000, { ...moment })
    moment.wall -= 3 * HOUR
    moment.steady += 70_000
    expect(clock.now()).toBe(75_000)
  })

  it('counts from the request, so that a slow answer does not seem fresher than it is', () => {
    const { moment, clock } = createPage()
    const asked = { ...moment }
    moment.wall += 9000
    moment.steady += 9000
    clock.set(5000, asked)
    expect(clock.now()).toBe(14_000)
  })

  it("is the page's clock before the first answer, and after an answer without a time", () => {
    const { moment, clock } = createPage()
    expect(clock.now()).toBe(1_000_000)
    clock.set(NaN, { ...moment })
    moment.wall += 2000
    expect(clock.now()).toBe(1_002_000)
  })
})

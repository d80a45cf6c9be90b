import { describe, expect, it } from 'vitest'
import {
  begin,
  COOKIE_AFTER_LOGOUT,
  LIVE_AFTER_LOGOUT,
  LOST,
  OLDER,
  RULES,
  TWICE,
  type Rule,
  type Setting,
} from './model.ts'
import { search } from './search.ts'

/** Everything that can happen in `setting`, with all rules but those in `without`. */
function explore(setting: Setting, ...without: readonly Rule[]) {
  const rules = new Set(RULES.filter((rule) => !without.includes(rule)))
  return search(begin(setting, rules), rules)
}

const ONE: Setting = { tasks: [['write', 'write']], losses: 2 }
const TWO: Setting = { tasks: [['write', 'write'], ['write']], losses: 1 }
const LEAVING: Setting = { tasks: [['write', 'write'], ['logout']], losses: 1 }
const LEAVING_LATE: Setting = { tasks: [['write'], ['write', 'logout']], losses: 1 }
const THREE: Setting = { tasks: [['write'], ['write'], ['logout']] }

describe('the protocol', () => {
  it.each([
    ['one tab, two answers lost', ONE, 1000],
    ['two tabs, an answer lost', TWO, 10_000],
    ['a tab that writes and one that logs out, an answer lost', LEAVING, 5000],
    ['a logout after a write, an answer lost', LEAVING_LATE, 5000],
    ['three tabs, one of which logs out', THREE, 4000],
  ])('loses no session and does nothing twice, with %s', (_, setting, atLeast) => {
    const { states, fault, trace } = explore(setting)
    expect(trace).toEqual([])
    expect(fault).toBeUndefined()
    expect(states).toBeGreaterThan(atLeast)
  })

  it.each<[Rule, string, Setting]>([
    ['abort first', COOKIE_AFTER_LOGOUT, THREE],
    ['calls wait', COOKIE_AFTER_LOGOUT, THREE],
    ['read again', LOST, THREE],
    ['send once', TWICE, ONE],
    ['shared', LOST, ONE],
    ['hold', LOST, ONE],
    ['keep successor', LOST, ONE],
    ['outlive', LOST, ONE],
    ['keep cookie', LOST, THREE],
    ['refresher sets', OLDER, THREE],
    ['revoke newest', LIVE_AFTER_LOGOUT, THREE],
    ['look at end', LIVE_AFTER_LOGOUT, THREE],
    // This one cannot be saved, as docs/refresh.md says.
    ['polar is heard', LOST, ONE],
  ])('leans on the rule "%s": without it, %s', (rule, fault, setting) => {
    const found = explore(setting, rule)
    expect(found.fault).toBe(fault)
    expect(found.trace.length).toBeGreaterThan(5)
  })

  it('leans on the web lock where the instances share nothing', () => {
    const setting: Setting = { tasks: [['write', 'write'], ['write']], expired: true }
    expect(explore(setting, 'shared').fault).toBeUndefined()
    expect(explore(setting, 'shared', 'web lock').fault).toBe(LOST)
    expect(explore(setting, 'web lock').fault).toBeUndefined()
  })

  it('needs no shared coordinator for calls that are under way as the token comes due, if they are prompt', () => {
    const setting: Setting = { tasks: [['write'], ['write']], prompt: true }
    expect(explore(setting, 'shared').fault).toBeUndefined()
    expect(explore(setting, 'shared', 'web lock').fault).toBe(LOST)
  })

  it.each<[string, string, Setting]>([
    ['an answer is lost', LOST, { tasks: [['write', 'write']], losses: 1, expired: true }],
    ['a person logs out', LIVE_AFTER_LOGOUT, { tasks: [['write'], ['logout']] }],
    ['a slow call is under way as the token ends', LOST, { tasks: [['write'], ['write']] }],
  ])('cannot do without a shared coordinator when %s', (_, fault, setting) => {
    expect(explore(setting).fault).toBeUndefined()
    expect(explore(setting, 'shared').fault).toBe(fault)
  })

  it('has a test for each of its rules', () => {
    expect(new Set(RULES).size).toBe(RULES.length)
    // Those of the table, and the web lock.
    expect(RULES).toHaveLength(13 + 1)
  })
})

describe('the search', () => {
  it('gives the shortest way to a fault, step by step', () => {
    expect(explore({ tasks: [['write', 'write']], losses: 1 }, 'send once').trace).toEqual([
      'tab 0 begins a write',
      'tab 0 sends a write with generation 0 to instance 0',
      'write 0.2 at instance 0: the client hangs up',
      'tab 0 sends a write with generation 0 to instance 0',
      'write 0.2 at instance 0: is let in',
      'write 0.2 at instance 0: Polar is called',
      'write 0.2 at instance 0: is let in',
      'write 0.2 at instance 0: Polar is called',
    ])
  })
})

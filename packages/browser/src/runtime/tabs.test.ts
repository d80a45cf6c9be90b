/** Tabs in one process: Node has the same Web Locks and BroadcastChannel as browsers. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTabs, type TabMessage, type Tabs } from './tabs.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

interface Gate {
  readonly opened: Promise<void>
  open(): void
}

function createGate(): Gate {
  let open = () => undefined as void
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

/** Work that logs when it begins and ends. It runs until its gate opens. */
function noting(log: string[], name: string, gate: Gate) {
  return async () => {
    log.push(`${name} begins`)
    await gate.opened
    log.push(`${name} ends`)
  }
}

/** Starts `count` pieces of work before it opens the first gate. */
async function runAll(count: number, run: (index: number, work: () => Promise<void>) => unknown) {
  const log: string[] = []
  const gates = Array.from({ length: count }, createGate)
  const runs = gates.map((gate, index) => run(index, noting(log, `${index}`, gate)))
  for (const gate of gates) gate.open()
  await Promise.all(runs)
  return log
}

const IN_TURN = ['0 begins', '0 ends', '1 begins', '1 ends', '2 begins', '2 ends']

describe('exclusive work', () => {
  it('runs in one tab at a time', async () => {
    const log = await runAll(3, (_, work) => createTabs().exclusively('session', work))
    expect(log).toEqual(IN_TURN)
  })

  it('does not wait for work with another name', async () => {
    const gate = createGate()
    const first = createTabs().exclusively('session', () => gate.opened)
    expect(await createTabs().exclusively('begin', async () => 'begun')).toBe('begun')
    gate.open()
    await first
  })

  it('passes its failure on, and lets the next work run', async () => {
    const work = vi.fn(() => Promise.reject(new Error('no')))
    await expect(createTabs().exclusively('session', work)).rejects.toThrow('no')
    expect(work).toHaveBeenCalledOnce()
    expect(await createTabs().exclusively('session', async () => 1)).toBe(1)
  })

  it('does not begin if its caller gave up waiting', async () => {
    const gate = createGate()
    const first = createTabs().exclusively('session', () => gate.opened)
    const waiting = new AbortController()
    let ran = false
    const work = async () => void (ran = true)
    const second = createTabs().exclusively('session', work, waiting.signal)
    waiting.abort()
    await expect(second).rejects.toMatchObject({ name: 'AbortError' })
    gate.open()
    await first
    expect(ran).toBe(false)
  })

  it('runs anyway if a stuck tab does not release the lock in time', async () => {
    const limit = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal)
    const gate = createGate()
    const stuck = createTabs().exclusively('calls', () => gate.opened)
    const other = createTabs().exclusively('calls', async () => 'done')
    limit.abort()
    expect(await other).toBe('done')
    expect(timeout).toHaveBeenCalledWith(2000)
    timeout.mockRestore()
    gate.open()
    await stuck
  })

  it('S54: waits for the calls in flight, and holds back later ones', async () => {
    const log: string[] = []
    const gates = [createGate(), createGate(), createGate(), createGate()] as const
    const tabs = createTabs()
    const runs = [
      tabs.alongside(noting(log, 'call 1', gates[0])),
      createTabs().alongside(noting(log, 'call 2', gates[1])),
      createTabs().exclusively('calls', noting(log, 'logout', gates[2])),
      createTabs().alongside(noting(log, 'call 3', gates[3])),
    ]
    await vi.waitFor(() => expect(log).toEqual(['call 1 begins', 'call 2 begins']))
    for (const gate of gates) gate.open()
    await Promise.all(runs)
    expect(log.slice(4)).toEqual(['logout begins', 'logout ends', 'call 3 begins', 'call 3 ends'])
  })
})

describe.each([
  ['lacks', () => undefined],
  // As Firefox does if it blocks site data.
  [
    'refuses',
    () => ({ request: () => Promise.reject(new DOMException('no storage', 'SecurityError')) }),
  ],
  [
    'throws for',
    () => ({
      request() {
        throw new DOMException('no storage', 'SecurityError')
      },
    }),
  ],
])('exclusive work in a browser that %s locks', (_, locks) => {
  function open(): Tabs {
    vi.stubGlobal('navigator', { locks: locks() })
    return createTabs()
  }

  it('runs immediately: the server allows only one refresh at a time too', async () => {
    const tabs = open()
    const gate = createGate()
    const first = tabs.exclusively('session', () => gate.opened)
    expect(await tabs.exclusively('session', async () => 'done')).toBe('done')
    gate.open()
    await first
  })

  it('does not begin if aborted, and calls run in parallel', async () => {
    const tabs = open()
    await expect(
      tabs.exclusively('session', async () => 1, AbortSignal.abort()),
    ).rejects.toMatchObject({ name: 'AbortError' })
    const gate = createGate()
    const first = tabs.alongside(() => gate.opened)
    expect(await tabs.alongside(async () => 2)).toBe(2)
    gate.open()
    await first
  })
})

describe('messages', () => {
  it('S54: reach the other tabs, but not the sender', async () => {
    const heard: [string, TabMessage][] = []
    const tabs = ['one', 'two', 'three'].map((name) => {
      const tab = createTabs()
      tab.listen((message) => heard.push([name, message]))
      return tab
    })
    tabs[0]?.send({ type: 'abort' })
    await vi.waitFor(() => expect(heard).toHaveLength(2))
    expect(heard.map(([name]) => name)).toEqual(expect.arrayContaining(['two', 'three']))
    expect(heard[0]?.[1]).toEqual({ type: 'abort' })
  })

  it('reach no tab if the browser blocks site data, and do not fail', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const tabs = createTabs()
    tabs.listen(() => undefined)
    expect(() => tabs.send({ type: 'abort' })).not.toThrow()
  })
})

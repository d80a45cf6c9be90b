/** What the instances share, with everything that can befall it. */
import type { Coordinator } from '../../coordinator/coordinator.ts'
import { createMemoryCoordinator } from '../../coordinator/drivers/memory.ts'
import { createRedisCoordinator, type RedisCoordinator } from '../../coordinator/drivers/redis.ts'
import { createAwayCoordinator, type AwayCoordinator } from '../../testing/away-coordinator.ts'
import type { RedisServer } from '../../testing/redis-server.ts'
import type { Time } from '../../runtime/time.ts'

export interface ChaosStore {
  /** A way to it, for one instance. */
  connect(): Coordinator
  /** Lets time pass for what it keeps. */
  advance(seconds: number): Promise<void>
  takeAway(how: 'silent' | 'gone'): Promise<void>
  /** True when it has forgotten everything meanwhile. */
  bringBack(): Promise<boolean>
  /** Looks into it, while it is there. */
  readonly view: Pick<Coordinator, 'read'>
  close(): void
}

export function createMemoryStore(time: Pick<Time, 'now'>): ChaosStore {
  let inner = createMemoryCoordinator(time)
  let away: 'silent' | 'gone' | undefined
  const connected: AwayCoordinator[] = []
  /** Always the memory of now: it is another after it forgot. */
  const current: Coordinator = {
    claim: (...given) => inner.claim(...given),
    read: (...given) => inner.read(...given),
    write: (...given) => inner.write(...given),
    replace: (...given) => inner.replace(...given),
    release: (...given) => inner.release(...given),
    count: (...given) => inner.count(...given),
  }
  return {
    view: current,
    connect() {
      const coordinator = createAwayCoordinator(current)
      coordinator.away = away !== undefined
      connected.push(coordinator)
      return coordinator
    },
    // Its clock is the one that was moved.
    advance: async () => undefined,
    async takeAway(how) {
      away = how
      for (const coordinator of connected) coordinator.away = true
    },
    async bringBack() {
      const forgot = away === 'gone'
      if (forgot) inner = createMemoryCoordinator(time)
      away = undefined
      for (const coordinator of connected) coordinator.away = false
      return forgot
    },
    close: () => undefined,
  }
}

/** One after the other on one server: each is a name of its own on it. */
export function createRedisStore(server: RedisServer, prefix: string): ChaosStore {
  const connected: RedisCoordinator[] = []
  let away: 'silent' | 'gone' | undefined
  function connect(): RedisCoordinator {
    const coordinator = createRedisCoordinator(server.url, { prefix })
    connected.push(coordinator)
    return coordinator
  }
  const view = connect()
  return {
    connect,
    view: {
      // The observer may wait.
      read: (key) => untilItAnswers(() => view.read(key)),
    },
    advance: server.advance,
    async takeAway(how) {
      away = how
      if (how === 'gone') await server.kill()
      else server.freeze()
    },
    async bringBack() {
      const forgot = away === 'gone'
      if (forgot) await server.restart()
      else server.thaw()
      away = undefined
      for (const coordinator of connected) await untilItAnswers(() => coordinator.read('any'))
      return forgot
    },
    close: () => connected.forEach((coordinator) => coordinator.close()),
  }
}

async function untilItAnswers<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/**
 * One process of the BFF that can be killed in mid-air: from then on nothing that it was doing has any
 * effect, and each caller that waits for it learns that it is gone.
 */
import type { Coordinator } from '../../coordinator/coordinator.ts'
import type { Bff } from '../../create-bff.ts'
import type { BffOptions } from '../../options.ts'
import type { Upstream } from '../../upstream/upstream.ts'
import type { Dice } from './dice.ts'

export interface Instance {
  readonly alive: boolean
  /** @throws {Error} when it is killed before it has answered. */
  fetch(request: Request): Promise<Response>
  kill(): void
  /** Resolves when what goes on behind its answers is done. */
  settled(): Promise<void>
}

export async function createInstance(options: {
  readonly create: (options: Partial<BffOptions>) => Promise<Bff>
  readonly coordinator: Coordinator
  readonly upstream: Upstream
  readonly dice: Dice
}): Promise<Instance> {
  const { coordinator, dice } = options
  const background = new Set<Promise<unknown>>()
  let alive = true
  let die = () => undefined as void
  const killed = new Promise<never>((_, reject) => {
    die = () => reject(new Error('killed'))
  })
  killed.catch(() => undefined)

  /** Takes its time before and after, and is of no consequence once the process is dead. */
  function mortal<Arguments extends unknown[], Answer>(
    work: (...given: Arguments) => Promise<Answer>,
    most: number,
  ) {
    return async (...given: Arguments): Promise<Answer> => {
      await turns(dice.below(most))
      if (!alive) return never()
      try {
        return await work(...given)
      } finally {
        await turns(dice.below(most))
        if (!alive) await never()
      }
    }
  }

  const bff = await options.create({
    upstream: mortal(options.upstream, 40),
    coordinator: {
      claim: mortal(coordinator.claim, 8),
      read: mortal(coordinator.read, 8),
      write: mortal(coordinator.write, 8),
      replace: mortal(coordinator.replace, 8),
      release: mortal(coordinator.release, 8),
      count: mortal(coordinator.count, 8),
    },
  })
  const context = {
    waitUntil(work: Promise<unknown>) {
      background.add(work)
      void work.finally(() => background.delete(work))
    },
    passThroughOnException: () => undefined,
    props: {},
  }

  return {
    get alive() {
      return alive
    },
    fetch: async (request) => Promise.race([bff.fetch(request, {}, context), killed]),
    kill() {
      alive = false
      die()
    },
    async settled() {
      // What is done may have begun more.
      for (let work = [...background]; work.length > 0; work = [...background]) {
        await Promise.race([killed, Promise.all(work)])
      }
    },
  }
}

/** Lets everything else have that many turns first. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const never = () => new Promise<never>(() => undefined)

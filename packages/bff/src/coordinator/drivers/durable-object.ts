/**
 * The coordinator of many Workers, in Durable Objects of Cloudflare. Each key is an object of its own. An
 * object handles one event at a time, which makes an operation atomic, and no object slows another. It
 * lives where its key was first used, and deletes itself.
 */
import type { Coordinator } from '../coordinator.ts'
import { BffError } from '../../errors/bff-error.ts'
import { systemTime, type Time } from '../../runtime/time.ts'

/** What the driver needs of a binding. `DurableObjectNamespace` is one. */
export interface CoordinatorNamespace<Id = unknown> {
  idFromName(name: string): Id
  get(id: Id): {
    fetch(
      url: string,
      init: { method: string; body?: string; signal?: AbortSignal },
    ): Promise<Response>
  }
}

/** What {@link PolarConnectCoordinator} needs of an object's state. */
export interface CoordinatorState {
  readonly storage: {
    get(key: string): Promise<unknown>
    put(key: string, value: unknown): Promise<void>
    deleteAll(): Promise<void>
    /** Epoch milliseconds. */
    setAlarm(at: number): Promise<void>
  }
}

type Operation =
  | readonly ['claim', value: string, lifetimeSeconds: number]
  | readonly ['read']
  | readonly ['write', value: string, lifetimeSeconds: number]
  | readonly ['replace', expected: string, value: string, lifetimeSeconds: number]
  | readonly ['release', expected: string]
  | readonly ['count', lifetimeSeconds: number]

interface Entry {
  readonly value: string | number
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** Far longer than an answer takes, an object's first one too. */
const ANSWER_TIMEOUT_MS = 1000
/** The one key in an object's storage. */
const ENTRY = 'entry'

/**
 * What several Workers share, in Durable Objects.
 *
 * @param namespace the binding of {@link PolarConnectCoordinator}.
 * @example
 * createBff({ ...options, coordinator: createDurableObjectCoordinator(env.COORDINATOR) })
 */
export function createDurableObjectCoordinator<Id>(
  namespace: CoordinatorNamespace<Id>,
  time: Time = systemTime,
): Coordinator {
  async function ask<Answer>(key: string, operation: Operation): Promise<Answer> {
    const timeout = new AbortController()
    const cancel = time.after(ANSWER_TIMEOUT_MS, () =>
      timeout.abort(new Error('no answer in time')),
    )
    try {
      const answer = await namespace.get(namespace.idFromName(key)).fetch('https://coordinator', {
        method: 'POST',
        body: JSON.stringify(operation),
        signal: timeout.signal,
      })
      if (!answer.ok) throw new Error(`status ${answer.status}`)
      const { result } = (await answer.json()) as { readonly result: Answer }
      return result
    } catch (cause) {
      throw new BffError('coordinator_unavailable', 'the object did not answer', { cause })
    } finally {
      cancel()
    }
  }
  return {
    claim: (key, value, lifetime) => ask(key, ['claim', value, lifetime]),
    read: (key) => ask(key, ['read']),
    write: (key, value, lifetime) => ask(key, ['write', value, lifetime]),
    replace: (key, expected, value, lifetime) => ask(key, ['replace', expected, value, lifetime]),
    release: (key, expected) => ask(key, ['release', expected]),
    count: (key, lifetime) => ask(key, ['count', lifetime]),
  }
}

/** The class of the objects, for the Worker to export. The platform asks for a class. */
export class PolarConnectCoordinator {
  readonly #storage: CoordinatorState['storage']
  readonly #time: Pick<Time, 'now'>

  /** @param time says when a value expires. By default the platform's. */
  constructor(state: CoordinatorState, _env?: unknown, time: Pick<Time, 'now'> = systemTime) {
    this.#storage = state.storage
    this.#time = time
  }

  async fetch(request: Request): Promise<Response> {
    const result = await this.#run((await request.json()) as Operation)
    return Response.json({ result })
  }

  /** The value has expired. An object without storage does not exist. */
  async alarm(): Promise<void> {
    const entry = await this.#entry()
    if (entry === undefined) await this.#storage.deleteAll()
    else await this.#storage.setAlarm(entry.expiresAt)
  }

  /** No other event runs between its steps: an object waits for its storage. */
  async #run(operation: Operation): Promise<unknown> {
    const entry = await this.#entry()
    switch (operation[0]) {
      case 'claim':
        return entry === undefined && this.#keep(operation[1], operation[2])
      case 'read':
        return entry?.value
      case 'write':
        await this.#keep(operation[1], operation[2])
        return undefined
      case 'replace':
        return entry?.value === operation[1] && this.#keep(operation[2], operation[3])
      case 'release':
        if (entry?.value !== operation[1]) return false
        await this.#storage.deleteAll()
        return true
      case 'count': {
        const count = Number(entry?.value ?? 0) + 1
        // It lives from its first count.
        if (entry === undefined) await this.#keep(count, operation[1])
        else await this.#storage.put(ENTRY, { ...entry, value: count })
        return count
      }
    }
  }

  async #entry(): Promise<Entry | undefined> {
    const entry = (await this.#storage.get(ENTRY)) as Entry | undefined
    return entry !== undefined && entry.expiresAt > this.#time.now() * 1000 ? entry : undefined
  }

  async #keep(value: string | number, lifetimeSeconds: number): Promise<true> {
    const expiresAt = (this.#time.now() + lifetimeSeconds) * 1000
    await Promise.all([
      this.#storage.put(ENTRY, { value, expiresAt } satisfies Entry),
      this.#storage.setAlarm(expiresAt),
    ])
    return true
  }
}

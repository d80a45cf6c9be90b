/** A Worker that hands the Durable Object coordinator to a test, which cannot run in a Worker itself. */
import type { Coordinator } from '../coordinator/coordinator.ts'
import {
  PolarConnectCoordinator,
  createDurableObjectCoordinator,
  type CoordinatorNamespace,
  type CoordinatorState,
} from '../coordinator/drivers/durable-object.ts'
import { BffError } from '../errors/bff-error.ts'
import { systemTime } from '../runtime/time.ts'

type Mood = 'well' | 'failing' | 'hanging'

/** A clock that stands, so that a slow machine loses no time; so far ahead that no alarm goes off. */
let now: number | undefined = systemTime.now() + 86_400
let mood: Mood = 'well'

export class TestCoordinator extends PolarConnectCoordinator {
  readonly #state: CoordinatorState

  constructor(state: CoordinatorState, env: unknown) {
    super(state, env, { now: () => now ?? systemTime.now() })
    this.#state = state
  }

  override async fetch(request: Request): Promise<Response> {
    if (request.method === 'GET') {
      return Response.json({ isEmpty: (await this.#state.storage.get('entry')) === undefined })
    }
    if (mood === 'failing') throw new Error('the object is away')
    if (mood === 'hanging') return new Promise(() => undefined)
    return super.fetch(request)
  }
}

export interface Control {
  readonly advanceSeconds?: number
  readonly mood?: Mood
  /** From now on its clock is the machine's. */
  readonly realTime?: true
  /** Whether the object of this key keeps nothing. */
  readonly isEmpty?: string
}

export default {
  async fetch(request: Request, env: { readonly COORDINATOR: CoordinatorNamespace }) {
    const body = (await request.json()) as Control | [keyof Coordinator, ...unknown[]]
    if (!Array.isArray(body)) {
      if (now !== undefined) now += body.advanceSeconds ?? 0
      if (body.realTime) now = undefined
      mood = body.mood ?? mood
      if (body.isEmpty !== undefined) {
        const id = env.COORDINATOR.idFromName(body.isEmpty)
        return env.COORDINATOR.get(id).fetch('https://coordinator', { method: 'GET' })
      }
      return Response.json({})
    }
    const [name, ...args] = body
    const operations = createDurableObjectCoordinator(env.COORDINATOR)
    try {
      const operation = operations[name] as (...args: unknown[]) => Promise<unknown>
      return Response.json({ result: await operation(...args) })
    } catch (error) {
      if (!(error instanceof BffError)) throw error
      return Response.json({ code: error.code }, { status: 503 })
    }
  },
}

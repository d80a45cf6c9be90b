/**
 * The coordinator of many processes, in Redis or Valkey. It needs `ioredis`, so it is an entry of its
 * own. A store that is away or slow fails at once: what can go on without it must not become slow too.
 */
import { Redis, type Cluster } from 'ioredis'
import type { Coordinator } from '../coordinator.ts'
import { BffError } from '../../errors/bff-error.ts'
import { causeOf } from '../../errors/events.ts'
import { systemTime, type Time } from '../../runtime/time.ts'

/** Far longer than an answer takes, and too short for a person to notice. */
const ANSWER_TIMEOUT_MS = 1000
/** After a missing answer one call tries again, and the others fail at once. */
const REST_MS = 1000
const LONGEST_RECONNECT_MS = 1000

const REPLACE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`

const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

const COUNT = `
local number = redis.call('INCR', KEYS[1])
if number == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return number`

/** How a {@link RedisCoordinator} uses its Redis. */
export interface RedisCoordinatorOptions {
  /**
   * Before every key, so that several apps can share a database. A function gets the key, and gives the
   * prefix for it. Instances of one app need the same prefixes.
   */
  readonly prefix?: string | ((key: string) => string)
  /** Hears once when the store goes away, with the cause and no secret, and once when it is back. */
  readonly onReachable?: (reachable: boolean, cause?: string) => void
  /** By default the machine's. */
  readonly time?: Time
}

/** A coordinator in Redis, with a connection to close. */
export interface RedisCoordinator extends Coordinator {
  /** Ends the connection. */
  close(): void
}

/**
 * What several instances share, in Redis or Valkey. Needs the package `ioredis`.
 *
 * @param redis `redis://` or `rediss://`, or a client or cluster of your own. Yours should have
 *   `enableOfflineQueue: false` and `maxRetriesPerRequest: 0`, so that nothing waits in it, and
 *   `socketTimeout: 2000`, so that it replaces a dead connection. A cluster has them in `redisOptions`.
 * @throws {TypeError} for an empty address.
 * @example
 * createBff({ ...options, coordinator: createRedisCoordinator('redis://localhost:6379') })
 */
export function createRedisCoordinator(
  redis: string | Redis | Cluster,
  options: RedisCoordinatorOptions = {},
): RedisCoordinator {
  const { prefix = 'polar-connect:', onReachable = () => undefined, time = systemTime } = options
  const client = typeof redis === 'string' ? connect(redis) : redis
  /** Why there is no connection. A command without one only says that there is none. */
  let broken: Error | undefined
  client.on('error', (error: Error) => void (broken = error))
  client.on('ready', () => void (broken = undefined))
  const begun = firstReady(client)
  let reachable = true
  let restsUntil = -Infinity

  /** @throws {BffError} `coordinator_unavailable` if no usable answer comes. */
  async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const now = time.elapsed()
    if (!reachable && now < restsUntil) throw unavailable('the store was away a moment ago')
    // While the store is away, only this call asks.
    restsUntil = now + ANSWER_TIMEOUT_MS
    try {
      const answer = await inTime(time, begun().then(question))
      if (!reachable) onReachable((reachable = true))
      return answer
    } catch (cause) {
      restsUntil = time.elapsed() + REST_MS
      if (reachable) onReachable((reachable = false), broken ? causeOf(broken) : reasonOf(cause))
      throw unavailable('the store did not answer', cause)
    }
  }

  function reasonOf(cause: unknown): string {
    // A server that speaks no TLS waits for more of what it takes for a command.
    if (client.status !== 'ready') {
      return `no connection within ${ANSWER_TIMEOUT_MS} ms. Check host, port, and TLS: redis:// or rediss://`
    }
    const reason = causeOf(cause)
    return reason.startsWith('MOVED ')
      ? `${reason}. This is one node of a Cluster, so it has only some of the keys: use a Cluster client`
      : reason
  }

  const at = (key: string) => (typeof prefix === 'string' ? prefix : prefix(key)) + key
  const run = (script: string, key: string, ...values: (string | number)[]) =>
    ask(async () => Number(await client.eval(script, 1, at(key), ...values)))

  return {
    claim: (key, value, lifetimeSeconds) =>
      ask(async () => {
        const answer = await client.set(at(key), value, 'PX', toMs(lifetimeSeconds), 'NX')
        return answer === 'OK'
      }),
    read: (key) => ask(async () => (await client.get(at(key))) ?? undefined),
    write: (key, value, lifetimeSeconds) =>
      ask(async () => void (await client.set(at(key), value, 'PX', toMs(lifetimeSeconds)))),
    replace: async (key, expected, value, lifetimeSeconds) =>
      (await run(REPLACE, key, expected, value, toMs(lifetimeSeconds))) === 1,
    release: async (key, expected) => (await run(RELEASE, key, expected)) === 1,
    count: (key, lifetimeSeconds) => run(COUNT, key, toMs(lifetimeSeconds)),
    close: () => client.disconnect(),
  }
}

function connect(url: string): Redis {
  // ioredis would take it for a Redis on this machine.
  if (url.trim() === '') throw new TypeError('createRedisCoordinator: the address is empty.')
  return new Redis(url, {
    connectTimeout: 2 * ANSWER_TIMEOUT_MS,
    // A connection can die in silence. It is replaced if a command waits this long; an idle one stays.
    socketTimeout: 2 * ANSWER_TIMEOUT_MS,
    // A command that cannot be sent at once fails. It is never sent later.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_RECONNECT_MS),
    // An old primary answers so after a failover. A new connection finds the new one.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  })
}

/** Only the first calls of a process wait for its connection. */
function firstReady(client: Redis | Cluster): () => Promise<void> {
  const ready = new Promise<void>((resolve) => {
    if (client.status === 'ready') resolve()
    client.once('ready', resolve)
    // No connection: each call then learns it from its own command.
    client.once('close', resolve)
    // With `lazyConnect` it waits for its first command, and without a queue that command fails.
    if (client.status === 'wait') client.connect().catch(() => undefined)
  })
  return () => ready
}

/** @throws {Error} unless `work` is done in time. */
async function inTime<Answer>(time: Time, work: Promise<Answer>): Promise<Answer> {
  let cancel = () => undefined as void
  const late = new Promise<never>((_, reject) => {
    const give = () => reject(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`))
    // A busy process runs its timers first: read what has arrived before it counts as late.
    cancel = time.after(ANSWER_TIMEOUT_MS, () => setImmediate(give))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    cancel()
  }
}

const toMs = (seconds: number) => Math.max(1, Math.ceil(seconds * 1000))

function unavailable(message: string, cause?: unknown): BffError {
  return new BffError('coordinator_unavailable', message, { cause })
}

/** The coordinator of several Node processes, if the configuration names a Redis. */
import { createHash } from 'node:crypto'
import type { Coordinator } from '@polar-connect/bff'
import type { Config } from './config/config.ts'
import type { Logger } from './log.ts'

/** Loads the client only if needed: it takes a third of the start time. */
export async function openRedis(
  config: Pick<Config, 'redisUrl' | 'clientId' | 'polar'>,
  logger?: Pick<Logger, 'info' | 'error'>,
): Promise<(Coordinator & { close(): void }) | undefined> {
  if (config.redisUrl === undefined) return undefined
  const { createRedisCoordinator } = await import('@polar-connect/bff/drivers/redis')
  return createRedisCoordinator(config.redisUrl, {
    prefix: prefixesOf(config),
    onReachable(reachable, reason) {
      if (reachable) logger?.info({ event: 'redis_back' }, 'Redis answers again')
      else logger?.error({ event: 'redis_away', reason }, 'Redis does not answer')
    },
  })
}

const PREFIX = 'polar-connect:'
/** Polar limits each client by itself. The other keys hold an id that no other client has. */
const OF_CLIENT = /^(pause|count):/

/** The prefixes of one client at one Polar: another deployment may share the Redis. */
export function prefixesOf({
  clientId,
  polar,
}: Pick<Config, 'clientId' | 'polar'>): (key: string) => string {
  const client = createHash('sha256')
    .update(`${polar} ${clientId}`)
    .digest('base64url')
    .slice(0, 22)
  return (key) => (OF_CLIENT.test(key) ? `${PREFIX}${client}:` : PREFIX)
}

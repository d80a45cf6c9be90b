/** The coordinator of several Node processes, if the configuration names a Redis. */
import type { Coordinator } from '@polar-connect/bff'
import type { Config } from './config/config.ts'
import type { Logger } from './log.ts'

/** Loads the client only if needed: it takes a third of the start time. */
export async function openRedis(
  { redisUrl }: Pick<Config, 'redisUrl'>,
  logger?: Pick<Logger, 'info' | 'error'>,
): Promise<(Coordinator & { close(): void }) | undefined> {
  if (redisUrl === undefined) return undefined
  const { createRedisCoordinator } = await import('@polar-connect/bff/drivers/redis')
  return createRedisCoordinator(redisUrl, {
    onReachable(reachable, reason) {
      if (reachable) logger?.info({ event: 'redis_back' }, 'Redis answers again')
      else logger?.error({ event: 'redis_away', reason }, 'Redis does not answer')
    },
  })
}

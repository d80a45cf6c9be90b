/** The coordinator of several Node processes, if the configuration names a Redis. */
import type { Config } from './config/config.ts'
import type { Logger } from './log.ts'
import { createRedisCoordinator } from '@polar-connect/bff/drivers/redis'

export function openRedis(
  { redisUrl }: Pick<Config, 'redisUrl'>,
  logger?: Pick<Logger, 'info' | 'error'>,
): ReturnType<typeof createRedisCoordinator> | undefined {
  if (redisUrl === undefined) return undefined
  return createRedisCoordinator(redisUrl, {
    onReachable(reachable, cause) {
      // Only the message: the error object holds the command with its values.
      const reason = cause instanceof Error ? cause.message : undefined
      if (reachable) logger?.info({ event: 'redis_back' }, 'Redis answers again')
      else logger?.error({ event: 'redis_away', reason }, 'Redis does not answer')
    },
  })
}

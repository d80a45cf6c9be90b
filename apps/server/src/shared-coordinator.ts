/** What several Node processes share, where the configuration names a Redis for it. */
import type { Coordinator } from '@polar-connect/bff'
import { createRedisCoordinator } from '@polar-connect/bff/drivers/redis'
import type { Config } from './config/config.ts'
import type { Logger } from './log.ts'

export interface SharedCoordinator {
  /** An option of the BFF; empty where one process shares with nobody. */
  readonly option: { readonly coordinator?: Coordinator }
  close(): void
}

export function openSharedCoordinator(
  { redisUrl }: Pick<Config, 'redisUrl'>,
  logger?: Pick<Logger, 'info' | 'error'>,
): SharedCoordinator {
  if (redisUrl === undefined) return { option: {}, close: () => undefined }
  const coordinator = createRedisCoordinator(redisUrl, {
    onReachable(reachable, cause) {
      // The message alone: a whole error of the client holds what it was asked.
      const reason = cause instanceof Error ? cause.message : undefined
      if (reachable) logger?.info({ event: 'redis_back' }, 'Redis answers again')
      else logger?.error({ event: 'redis_away', reason }, 'Redis does not answer')
    },
  })
  return { option: { coordinator }, close: coordinator.close }
}

/** Events as log lines. An event holds no secret, so it is logged whole. */
import type { BffEvent, OnEvent } from '@polar-connect/bff'

/** What pino and a console of JSON lines have in common. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export function logEvents(logger: Logger): OnEvent {
  return (event) => {
    const { type, ...fields } = event
    logger[levelOf(event)]({ event: type, ...fields }, type)
  }
}

function levelOf(event: BffEvent): 'info' | 'warn' | 'error' {
  if (event.type === 'refused') return event.status >= 500 ? 'error' : 'info'
  const warnings: readonly BffEvent['type'][] = [
    'upstream_failed',
    'cookie_refused',
    'issuer_moved',
  ]
  return warnings.includes(event.type) ? 'warn' : 'info'
}

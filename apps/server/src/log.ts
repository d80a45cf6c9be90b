/** Writes events to the log. An event holds no secret, so the line has all its members. */
import type { BffEvent, OnEvent } from '@polar-connect/bff'
import { LOG_LEVELS, type LogLevel } from './config/config.ts'

/** What pino and the JSON logger have in common. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** The event's type is in the message and in `event`. */
export function logEvents(logger: Logger): OnEvent {
  return (event) => {
    const { type, ...fields } = event
    logger[levelOf(event)]({ event: type, ...fields }, type)
  }
}

const WARNINGS: readonly BffEvent['type'][] = [
  'upstream_failed',
  'cookie_refused',
  'issuer_moved',
  'hook_failed',
]

function levelOf(event: BffEvent): 'info' | 'warn' | 'error' {
  if (event.type === 'refused') return event.status >= 500 ? 'error' : 'info'
  return WARNINGS.includes(event.type) ? 'warn' : 'info'
}

/** One JSON object a line, for hosts that cannot run pino. @param least severe level to write. */
export function createJsonLogger(
  least: LogLevel = 'info',
  write: (line: string) => void = console.log,
): Logger {
  const at = (level: LogLevel) => (fields: object, message: string) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return
    write(JSON.stringify({ level, time: new Date().toISOString(), ...fields, msg: message }))
  }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

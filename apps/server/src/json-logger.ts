/** Log lines where pino does not run: one JSON object a line, as log collectors read them. */
import { LOG_LEVELS, type LogLevel } from './config/config.ts'
import type { Logger } from './log.ts'

/** @param least severe level that is written. */
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

/** Log lines where pino does not run: one JSON object a line, as log collectors read them. */
import type { Logger } from './log.ts'

export function createJsonLogger(write: (line: string) => void = console.log): Logger {
  const at = (level: string) => (fields: object, message: string) =>
    write(JSON.stringify({ level, time: new Date().toISOString(), ...fields, msg: message }))
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

/**
 * For hosts that start the app with its first request. With a faulty configuration each call answers
 * 500, and the page says that the app is not set up.
 */
import { assemble, type Host, type Serve } from '../assemble.ts'
import { createJsonLogger } from '../log.ts'

/** A host that logs to the console. */
export type ServerlessHost = Omit<Host, 'createLogger'>

export function createServerless(env: object, host: ServerlessHost): Serve {
  return assemble(env, { ...host, createLogger: createJsonLogger }).serve
}

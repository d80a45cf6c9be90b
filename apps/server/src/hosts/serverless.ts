/**
 * What the hosts share that start an app by its first request. There is no start that could fail: with
 * a faulty configuration every call answers 500, and the page says that the app is not set up.
 */
import { assemble, type Host, type Serve } from '../assemble.ts'
import { createJsonLogger } from '../log.ts'

/** A host whose log is the console. */
export type ServerlessHost = Omit<Host, 'createLogger'>

export function createServerless(env: object, host: ServerlessHost): Serve {
  return assemble(env, { ...host, createLogger: createJsonLogger }).serve
}

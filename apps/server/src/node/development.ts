/**
 * The development entry: only the BFF, since Vite serves the page. `--source FILE` names the file that
 * the settings came from. `--check` prints the faults of the settings and starts nothing.
 */
import { parseArgs } from 'node:util'
import { builtAt } from '../built-at.ts'
import { readConfig } from '../config/config.ts'
import { createUndiciUpstream } from '@polar-connect/bff/drivers/undici'
import { createEnvReader } from '@polar-connect/bff/env'
import { createDispatcher } from './outgoing.ts'
import { createFollowingClock } from './follow-clock.ts'
import { orExit, startNode } from './start-node.ts'

const { source, check } = parseArgs({
  options: { source: { type: 'string' }, check: { type: 'boolean', default: false } },
}).values
const follows = URL.canParse(process.env['POLAR_SERVER'] ?? '')

if (check) {
  await orExit(() => readConfig(process.env, source))
} else {
  const options = follows
    ? createFollowingClock(createUndiciUpstream(createDispatcher(createEnvReader(process.env))))
    : {}
  await startNode({ builtAt, diagnostics: true, options }, source)
}

/**
 * The development entry: the BFF alone, since Vite serves the page. `--source FILE` names the file that
 * the settings came from; `--check` says what is wrong with them and starts nothing.
 */
import { parseArgs } from 'node:util'
import { createDiagnostics } from '@polar-connect/bff/diagnostics'
import { createFollowingClock } from './follow-clock.ts'
import { readConfigOrExit, startNode } from './start-node.ts'

const { source, check } = parseArgs({
  options: { source: { type: 'string' }, check: { type: 'boolean', default: false } },
}).values
const follows = URL.canParse(process.env['POLAR_SERVER'] ?? '')

if (check) {
  await readConfigOrExit(source)
} else {
  await startNode((bff) => bff, {
    ...(source !== undefined && { source }),
    extra: { diagnostics: createDiagnostics, ...(follows && createFollowingClock()) },
  })
}

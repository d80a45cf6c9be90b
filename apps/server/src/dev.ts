/** The development entry: the BFF alone, since Vite serves the page. `--source FILE` names the settings. */
import { parseArgs } from 'node:util'
import { createFollowingClock } from './follow-clock.ts'
import { startNode } from './start-node.ts'

const { source } = parseArgs({ options: { source: { type: 'string' } } }).values
const follows = URL.canParse(process.env['POLAR_SERVER'] ?? '')

await startNode((bff) => bff, {
  ...(source !== undefined && { source }),
  ...(follows && { extra: createFollowingClock() }),
})

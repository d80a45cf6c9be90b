/** `why-table`: asks our built app and an Express app the same, and makes the table of docs/why.md anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startExpress, startOurs } from '../why/apps.ts'
import { openStage } from '../why/scene.ts'
import {
  compare,
  countLines,
  countOurLines,
  createTable,
  DOCUMENT,
  type Outcome,
  withTable,
} from '../why/table.ts'
import { isBuilt, ROOT } from './workspace.ts'

if (!isBuilt()) {
  console.error('Build the app first: npx -y pnpm@12 build')
  process.exit(1)
}
const express = readFileSync(join(ROOT, 'apps/dev/why/express-app.ts'), 'utf8')
const outcomes: Outcome[] = []
for (const [start, lines] of [
  [startExpress, countLines(express)],
  [startOurs, countOurLines()],
] as const) {
  const stage = await openStage(start)
  try {
    outcomes.push(await compare(stage, lines))
  } finally {
    await stage.close()
  }
}
const table = createTable(outcomes)
console.log(table)
writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), table))

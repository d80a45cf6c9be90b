/** The examples that have an app of their own to run. */
import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../workspace.ts'

const all = globSync('*/package.json', { cwd: join(ROOT, 'apps/examples') })
  .map((path) => dirname(path))
  .toSorted()

/** `EXAMPLES` names some of them, with commas between. */
export const EXAMPLES: readonly string[] = process.env['EXAMPLES']?.split(',') ?? all

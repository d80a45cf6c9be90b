/** The apps that are tested in a browser: the examples, and what `npm create polar-connect` makes. */
import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../workspace.ts'

export const TEMPLATE = 'template'

const examples = globSync('*/package.json', { cwd: join(ROOT, 'apps/examples') })
  .map((path) => dirname(path))
  .toSorted()

/** `EXAMPLES` names some of them, with commas between. */
export const EXAMPLES: readonly string[] = process.env['EXAMPLES']?.split(',') ?? [
  ...examples,
  TEMPLATE,
]

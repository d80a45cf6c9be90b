/** The production entry for Node: one process serves the built app and the BFF. */
import { fileURLToPath } from 'node:url'
import { builtAt } from '../built-at.ts'
import { createStaticFiles } from '../page/static-files.ts'
import { startNode } from './start-node.ts'

// Relative to the built file, `dist/node.js`.
const root = fileURLToPath(new URL('../../web/dist', import.meta.url))

await startNode({ builtAt, page: (strict) => createStaticFiles(root, strict).fetch })

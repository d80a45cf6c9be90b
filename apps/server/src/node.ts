/** The production entry for Node: one process serves the built app and the BFF. */
import { fileURLToPath } from 'node:url'
import { BASE_PATH } from '@polar-connect/protocol'
import { startNode } from './start-node.ts'
import { createStaticFiles } from './static-files.ts'

const root = fileURLToPath(new URL('../../web/dist', import.meta.url))

await startNode((bff, config) => {
  const files = createStaticFiles(root, config.bff.appOrigin.startsWith('https:'))
  return (request, bindings, context) =>
    new URL(request.url).pathname.startsWith(`${BASE_PATH}/`)
      ? bff(request, bindings, context)
      : files.fetch(request, bindings, context)
})

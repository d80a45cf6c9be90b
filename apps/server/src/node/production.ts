/** The production entry for Node: one process serves the built app and the BFF. */
import { fileURLToPath } from 'node:url'
import { BASE_PATH } from '@polar-connect/protocol'
import { builtAt } from '../built-at.ts'
import { securityText } from '../page/security-text.ts'
import { startNode } from './start-node.ts'
import { createStaticFiles } from '../page/static-files.ts'

const root = fileURLToPath(new URL('../../web/dist', import.meta.url))

await startNode((bff, config) => {
  const { appOrigin } = config.bff
  const contact = config.securityContact
  const files = createStaticFiles(
    root,
    appOrigin.startsWith('https:'),
    contact && securityText({ contact, appOrigin, builtAt }),
  )
  return (request, bindings, context) =>
    new URL(request.url).pathname.startsWith(`${BASE_PATH}/`)
      ? bff(request, bindings, context)
      : files.fetch(request, bindings, context)
})

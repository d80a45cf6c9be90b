/** The app in this process, with a page of one line, on a free port. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assemble } from '../assemble.ts'
import { createJsonLogger } from '../log.ts'
import { createNodeHost } from '../node/node-host.ts'
import { serve } from '../node/node-server.ts'
import { createStaticFiles } from '../page/static-files.ts'

export interface LocalServer {
  readonly origin: string
  stop(): Promise<void>
}

export async function startLocalServer(
  env: Readonly<Record<string, string>>,
): Promise<LocalServer> {
  const root = makePage()
  const host = createNodeHost(env, {
    builtAt: new Date().toISOString(),
    createLogger: () => createJsonLogger('silent'),
    page: (strict) => createStaticFiles(root, strict).fetch,
  })
  const app = assemble(env, host)
  await app.start()
  const server = await serve(app.serve, { port: 0, host: '127.0.0.1' })
  return {
    origin: `http://127.0.0.1:${server.port}`,
    async stop() {
      await server.stop()
      host.close()
      await rm(root, { recursive: true })
    },
  }
}

/** A build of the page, as small as it can be. */
export function makePage(): string {
  const root = mkdtempSync(join(tmpdir(), 'polar-connect-page-'))
  writeFileSync(join(root, 'index.html'), '<!doctype html><div id="root"></div>')
  return root
}

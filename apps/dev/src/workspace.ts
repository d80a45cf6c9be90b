/** Where things are, seen from the top of the workspace. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

export const ROOMS = [
  'packages/protocol',
  'packages/bff',
  'packages/browser',
  'packages/react',
  'packages/emulator',
  'apps/web',
  'apps/server',
  'apps/dev',
] as const

/** The path of something that a room brings along, such as `vite`. */
export function binary(room: string, name: string): string {
  return `${ROOT}${room}/node_modules/.bin/${name}`
}

export const SERVER_ENTRY = `${ROOT}apps/server/dist/node.js`
/** The Worker as it is uploaded. */
export const WORKER_ENTRY = `${ROOT}apps/server/dist/worker/index.js`
export const WEB_BUILD = `${ROOT}apps/web/dist/index.html`

export function isBuilt(): boolean {
  return existsSync(SERVER_ENTRY) && existsSync(WEB_BUILD)
}

/** `start`: the built app, in this process, so that signals reach it. */
import { existsSync } from 'node:fs'
import { readSettingsOrExit } from './settings.ts'
import { ROOT, SERVER_ENTRY } from './workspace.ts'

if (!existsSync(SERVER_ENTRY)) {
  console.error('The app is not built yet. Build it with: npx -y pnpm@12 build')
  process.exit(1)
}
// A session secret of development is not one for production, so `.env.local` is not read here.
const { env } = readSettingsOrExit(ROOT, process.env, ['.env'])
Object.assign(process.env, { NODE_ENV: 'production' }, env)
await import(SERVER_ENTRY.href)

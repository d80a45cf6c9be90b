/** `start`: the built app as one process. Its own process takes over, so signals reach it. */
import { readSettings } from './env-files.ts'
import { ROOT, SERVER_ENTRY, isBuilt } from './workspace.ts'

if (!isBuilt()) {
  console.error('The app is not built yet. Build it with: npx -y pnpm@12 build')
  process.exit(1)
}
// A session secret of development is not one of production, so `.env.local` is not read here.
const { env } = readSettings(ROOT, process.env, ['.env'])
Object.assign(process.env, { NODE_ENV: 'production' }, env)
await import(SERVER_ENTRY)

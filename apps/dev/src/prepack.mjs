// Runs in the folder of a package before it is packed: nothing of an earlier build may be published.
import { rmSync } from 'node:fs'

// Only pnpm writes `publishConfig` and real versions into the packed manifest.
if (!process.env.npm_config_user_agent?.startsWith('pnpm/')) {
  console.error('Pack and publish with pnpm: npx -y pnpm@12 pack')
  process.exit(1)
}
rmSync('dist', { recursive: true, force: true })

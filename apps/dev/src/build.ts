/** `build`: the page, then the server that serves it. */
import { join } from 'node:path'
import { runCommand } from './run-command.ts'
import { ROOT, binary } from './workspace.ts'

for (const room of ['apps/web', 'apps/server']) {
  const { code } = await runCommand(binary(room, 'vite'), ['build', '--logLevel', 'warn'], {
    cwd: join(ROOT, room),
  })
  if (code !== 0) process.exit(code)
}
console.log('Built apps/web/dist and apps/server/dist. Start them with: npx -y pnpm@12 start')

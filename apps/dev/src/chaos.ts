/** `chaos`: rounds of everything that can go wrong with a refresh, judged by the local Polar. */
import { runCommand } from './run-command.ts'
import { ensureRedis } from './ensure-redis.ts'
import { ROOT } from './workspace.ts'

const { code } = await runCommand(
  process.execPath,
  ['packages/bff/src/refresh/chaos/run.ts', ...process.argv.slice(3)],
  { cwd: ROOT, env: { ...process.env, REDIS_SERVER_PATH: await ensureRedis() } },
)
process.exitCode = code

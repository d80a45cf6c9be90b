/**
 * `test:fuzz [CALLS [SEED]]`: the property tests of the BFF at the size of a night, with other calls
 * each time. What fails is shown with the seed that finds it again.
 */
import { join } from 'node:path'
import { runCommand } from './run-command.ts'
import { ROOT, binary } from './workspace.ts'

const [calls = '100000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(3)
console.log(`${calls} calls, seed ${seed}`)
const { code } = await runCommand(
  binary('packages/bff', 'vitest'),
  ['run', 'src/hostile-calls.test.ts', '--testTimeout=3600000'],
  {
    cwd: join(ROOT, 'packages/bff'),
    env: { ...process.env, FUZZ_CALLS: calls, FUZZ_SEED: seed },
  },
)
process.exitCode = code

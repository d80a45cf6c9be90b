/** `bench`: every room's benchmarks, each figure beside what it is compared with. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './run-command.ts'
import { ROOMS, ROOT } from './workspace.ts'

const failed: string[] = []
for (const room of ROOMS) {
  const folder = join(ROOT, room, 'bench')
  const files = existsSync(folder) ? readdirSync(folder).toSorted() : []
  for (const file of files.filter((name) => name.endsWith('.bench.ts'))) {
    const { code } = await runCommand(process.execPath, [join(folder, file)], { cwd: ROOT })
    if (code !== 0) failed.push(`${room}/bench/${file}`)
  }
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`)
  process.exitCode = 1
}

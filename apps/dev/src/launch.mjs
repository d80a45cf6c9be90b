// The first file of every command. It is plain JavaScript of an old kind, so that a Node that is too
// old can still say so; everything behind it is TypeScript, which Node 24 runs as it is.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const COMMANDS = [
  'dev',
  'test',
  'build',
  'start',
  'emulator',
  'diagnose',
  'bench',
  'chaos',
  'sizes',
  'test-defences',
  'test-fuzz',
  'pack-check',
  'why-table',
]
const OLDEST_MAJOR = 20

/** Versions as [major, minor]. */
function parse(version) {
  return version.replace(/^v/, '').split('.').map(Number)
}

/** pnpm says which Node it was started by; the one that runs this file is the project's own. */
const agent = /node\/(v[\d.]+)/.exec(process.env.npm_config_user_agent || '')
const host = agent ? agent[1] : process.version
const [command, ...rest] = process.argv.slice(2)

if (parse(host)[0] < OLDEST_MAJOR) {
  const short = parse(host).slice(0, 2).join('.')
  console.error(
    'Node ' +
      short +
      ' is too old to start. Any Node from 20 on will do; the project brings its own for the rest.',
  )
  console.error('  Get it from https://nodejs.org')
  process.exit(1)
}
if (!COMMANDS.includes(command)) {
  console.error('Commands: ' + COMMANDS.join(', '))
  process.exit(1)
}

const [major, minor] = parse(process.version)
if (major < 22 || (major === 22 && minor < 18)) {
  // Started without pnpm, so by the system's Node: the project's own takes over.
  let own
  try {
    own = createRequire(new URL('../../../package.json', import.meta.url)).resolve('node/bin/node')
  } catch {
    console.error('The project is not installed yet. Start it with: npx -y pnpm@12 ' + command)
    process.exit(1)
  }
  const script = new URL(import.meta.url).pathname
  const result = spawnSync(own, [script, command, ...rest], { stdio: 'inherit' })
  process.exit(result.status === null ? 1 : result.status)
}

await import('./' + command + '.ts')

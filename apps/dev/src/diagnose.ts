/**
 * `diagnose`: checks the settings as `dev` or `start` would read them, or the deployment whose address
 * it is given. `APP_ORIGIN` decides which of the two commands: `dev` sets its own.
 */
import { randomBytes } from 'node:crypto'
import { execaNode } from 'execa'
import { readSettingsOrExit } from './settings.ts'
import { realPolarSteps } from './ready-block.ts'
import { ROOT } from './workspace.ts'

const args = process.argv.slice(2)
const development = readSettingsOrExit(ROOT, process.env)
const { POLAR_CLIENT_ID: clientId, APP_ORIGIN: origin, PORT: port } = development.env
const app = `http://localhost:${port || 5173}`

if (args.length === 0 && !clientId && !origin) {
  console.log(
    [
      '',
      '  Nothing is configured, and for the emulator nothing has to be.',
      '',
      '  Start it         npx -y pnpm@12 dev',
      `  Check it then    npx -y pnpm@12 diagnose ${app}`,
      '',
      ...realPolarSteps(app),
      '',
    ].join('\n'),
  )
} else {
  const starting = readSettingsOrExit(ROOT, process.env, ['.env'])
  const { env, source } = origin ? starting : development
  if (!origin) {
    env['APP_ORIGIN'] = app
    // `dev` makes one of its own.
    env['SESSION_SECRETS'] ||= randomBytes(32).toString('base64url')
  }
  const title = `${source ?? 'the environment'}, as ${origin ? 'start' : 'dev'} reads it`
  const flags = ['--title', title, ...(source ? ['--source', source] : [])]
  const options = { cwd: ROOT, env, stdio: 'inherit', reject: false } as const
  const entry = 'apps/server/src/diagnose/diagnose.ts'
  process.exitCode = (await execaNode(entry, [...flags, ...args], options)).exitCode ?? 1
}

/**
 * `diagnose`: checks the settings as `dev` or `start` would read them, or the deployment whose address
 * it is given. Which of the two commands they are for is told by `APP_ORIGIN`: `dev` sets its own.
 */
import { randomBytes } from 'node:crypto'
import { readSettingsOrExit } from './settings.ts'
import { realPolarSteps } from './ready-block.ts'
import { ROOT } from './workspace.ts'

const address = process.argv[2]
const development = readSettingsOrExit(ROOT, process.env)
const { POLAR_CLIENT_ID: clientId, APP_ORIGIN: origin, PORT: port } = development.env
const app = `http://localhost:${port || 5173}`

if (address === undefined && !clientId && !origin) {
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
  Object.assign(process.env, env)
  const command = origin ? 'start' : 'dev'
  process.argv.push('--title', `${source ?? 'the environment'}, as ${command} reads it`)
  if (source !== undefined) process.argv.push('--source', source)
  await import(new URL('../../server/src/diagnose/diagnose.ts', import.meta.url).href)
}

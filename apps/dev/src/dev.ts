/** `dev`: emulator, BFF and page with reload, in one command that needs no account. */
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { execaNode } from 'execa'
import { findFreePort, isTaken } from './ports.ts'
import { polarName, readyBlock } from './ready-block.ts'
import { createSessionSecret, readPort, readSettings, type Environment } from './settings.ts'
import { supervise, type Plan } from './supervise.ts'
import { exitWith, UserError } from './user-error.ts'
import { requireServable, ROOT, toolOf } from './workspace.ts'

/** The emulator's own client. Made up, and no secret. */
const EMULATOR_CLIENT_ID = 'polar_ci_FakeLocalEmulatorClientFakeLocalEmulatorCli'
const EMULATOR_CLIENT_SECRET = 'polar_cs_FakeLocalEmulatorSecretFakeLocalEmulatorSec'

try {
  await run()
} catch (error) {
  exitWith(error)
}

async function run(): Promise<void> {
  const startedAt = performance.now()
  requireServable(ROOT)
  const { host } = parseArgs({ options: { host: { type: 'boolean', default: false } } }).values
  const { env, source } = readSettings(ROOT, process.env)
  const webPort = readPort(env, 'PORT', 5173)
  const emulatorPort = readPort(env, 'EMULATOR_PORT', 4567)
  const usesEmulator = !env['POLAR_CLIENT_ID']?.trim()
  const local = `http://localhost:${webPort}`
  const app = env['APP_ORIGIN']?.trim() || local
  const emulator = `http://127.0.0.1:${emulatorPort}`

  await requireFree(
    webPort,
    'PORT',
    `(then register http://localhost:${webPort + 7}/auth/callback)`,
  )
  if (usesEmulator) await requireFree(emulatorPort, 'EMULATOR_PORT')
  if (!env['SESSION_SECRETS']) {
    const { secret, kept } = createSessionSecret(ROOT)
    env['SESSION_SECRETS'] = secret
    const where = kept
      ? 'in .env.local (not committed)'
      : 'for this run: .env.local is not writable'
    console.log(`Created a session secret for development ${where}.`)
  }
  const apiPort = await findFreePort()
  const api = `http://127.0.0.1:${apiPort}`
  const apiEnv: Environment = {
    LOG_LEVEL: 'warn',
    // Nothing in front of it has to learn of the end, and each restart would wait.
    SHUTDOWN_GRACE_SECONDS: '0',
    ...env,
    PORT: String(apiPort),
    HOST: '127.0.0.1',
    APP_ORIGIN: app,
    ...(usesEmulator && {
      POLAR_SERVER: emulator,
      POLAR_CLIENT_ID: EMULATOR_CLIENT_ID,
      POLAR_CLIENT_SECRET: EMULATOR_CLIENT_SECRET,
    }),
  }
  const entry = 'apps/server/src/node/development.ts'
  const flags = source ? ['--source', source] : []
  const options = { cwd: ROOT, env: apiEnv, reject: false } as const
  const check = await execaNode(entry, [...flags, '--check'], options)
  if (check.failed) throw new UserError(check.stderr)

  const [, vite] = toolOf('apps/web', 'vite')
  const plans: Plan[] = [
    {
      name: 'api',
      arguments: ['--watch', '--watch-preserve-output', entry, ...flags],
      env: apiEnv,
      cwd: ROOT,
      health: `${api}/bff/health`,
    },
    {
      name: 'web',
      arguments: [vite, '--logLevel=warn', '--clearScreen=false', ...(host ? ['--host'] : [])],
      env: { ...env, PORT: String(webPort), APP_ORIGIN: app, BFF_ORIGIN: api },
      cwd: join(ROOT, 'apps/web'),
      health: local,
    },
  ]
  if (usesEmulator) {
    plans.unshift({
      name: 'emu',
      arguments: [
        'packages/emulator/src/cli.ts',
        `--port=${emulatorPort}`,
        `--redirect-uri=${app}/auth/callback`,
        // One on another port may be a second one, and must not write the same file.
        ...(env['EMULATOR_PORT'] === undefined ? ['--state=.dev/emulator.json'] : []),
        `--client-id=${EMULATOR_CLIENT_ID}`,
        `--client-secret=${EMULATOR_CLIENT_SECRET}`,
      ],
      env,
      cwd: ROOT,
      health: `${emulator}/_emulator/health`,
    })
  }
  await supervise(plans, () => {
    const seconds = (performance.now() - startedAt) / 1000
    const network = host && { network: `http://${networkAddress()}:${webPort}` }
    const polar = polarName(env['POLAR_SERVER'])
    console.log(readyBlock({ seconds, app, polar, ...(usesEmulator && { emulator }), ...network }))
  })
}

/** This computer's address for others, as in `192.168.1.20`. */
function networkAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const other = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
  return other?.address ?? hostname()
}

/** @throws {UserError} when `port` is in use. Polar compares redirect URIs, so no other one is taken. */
async function requireFree(port: number, name: string, hint = ''): Promise<void> {
  if (!(await isTaken(port))) return
  const advice = `${name}=${port + 7} ${hint}`.trim()
  throw new UserError(`Port ${port} is in use.\n  Stop what uses it, or run with ${advice}.`)
}

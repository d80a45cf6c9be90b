#!/usr/bin/env node
/** The `polar-emulator` command. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import * as v from 'valibot'
import { delayRange, issuerUrl } from './control/bodies.ts'
import { createEmulator } from './create-emulator.ts'
import type { EmulatorOptions } from './world/options.ts'
import { PROFILE_NAMES } from './world/profile.ts'
import { StateFileError } from './world/state-file.ts'
import { DATASET_NAMES } from './seed/dataset-name.ts'

const HELP = `Starts an emulator of Polar, to develop and test against.

  --port PORT           where to listen (4567)
  --host HOST           address to listen on (127.0.0.1: this computer only)
  --redirect-uri URI    a redirect URI of the seeded client; repeatable
                        (http://localhost:5173/auth/callback)
  --client-id ID        the seeded client's ID
  --client-secret TEXT  the seeded client's secret
  --dataset NAME        small, empty, large (5,000 orders) or awkward (small)
  --seed NUMBER         the same number gives the same data (1)
  --as-of MONTH         behaves as Polar did then: ${PROFILE_NAMES.join(' or ')} (${PROFILE_NAMES.at(-1)})
  --issuer URL          another issuer
  --commit-delay MS     time between an answer and its commit, such as 0-400 or 0 (0-10)
  --state FILE          save the state in FILE, and restore it at the start
  --ephemeral           ignore --state
  --help                this text
`

const OPTIONS = {
  port: { type: 'string', default: '4567' },
  host: { type: 'string', default: '127.0.0.1' },
  'redirect-uri': { type: 'string', multiple: true },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
  dataset: { type: 'string', default: 'small' },
  seed: { type: 'string', default: '1' },
  'as-of': { type: 'string' },
  issuer: { type: 'string' },
  'commit-delay': { type: 'string' },
  state: { type: 'string' },
  ephemeral: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options']

const number = v.pipe(v.string(), v.digits(), v.transform(Number))

/** The controls check the same values by the same schemas. */
const VALUES = v.object({
  port: v.pipe(number, v.maxValue(65_535)),
  seed: v.pipe(number, v.safeInteger()),
  dataset: v.picklist(DATASET_NAMES),
  'as-of': v.optional(v.picklist(PROFILE_NAMES)),
  issuer: v.optional(issuerUrl),
  'commit-delay': v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[\d.]+(-[\d.]+)?$/),
      v.transform((text) => text.split('-').map(Number)),
      v.transform(([from, to = from]) => [from, to]),
      delayRange,
    ),
  ),
})

/** What is wrong with a value that does not fit. */
const WRONG: Record<keyof typeof VALUES.entries, string> = {
  port: 'is not a port: use a number up to 65535.',
  seed: 'is not a whole number.',
  dataset: `is unknown: use ${DATASET_NAMES.join(', ')}.`,
  'as-of': `is unknown: use ${PROFILE_NAMES.join(' or ')}.`,
  issuer: 'is not a URL.',
  'commit-delay': 'is not a delay: use 0, or 0-400.',
}

await run()

async function run(): Promise<void> {
  const values = readArguments()
  if (values === undefined) return
  if (process.env['NODE_ENV'] === 'production') {
    return fail('The emulator does not run with NODE_ENV=production.')
  }
  const parsed = v.safeParse(VALUES, values)
  if (!parsed.success) {
    const name = parsed.issues[0].path?.[0].key as keyof typeof WRONG
    return fail(`--${name} ${values[name]} ${WRONG[name]}`)
  }
  const { host } = values
  const { port, seed, dataset, 'as-of': asOf, issuer, 'commit-delay': delays } = parsed.output
  const redirectUris = values['redirect-uri']
  const clientId = values['client-id']
  const clientSecret = values['client-secret']
  const stateFile = values.ephemeral ? undefined : values.state
  const options: EmulatorOptions = {
    dataset,
    seed,
    ...(redirectUris && { redirectUris }),
    ...(clientId && { clientId }),
    ...(clientSecret && { clientSecret }),
    ...(stateFile && { stateFile }),
    ...(asOf && { asOf }),
    ...(issuer && { issuer }),
    ...(delays && { commitDelayMs: delays }),
  }
  try {
    const emulator = createEmulator(options)
    const { url, close } = await emulator.listen({ port, host })
    console.log(`Polar emulator at ${url} (fake data, no account needed)`)
    const end = () => void close().then(() => process.exit(0))
    process.once('SIGTERM', end)
    process.once('SIGINT', end)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      return fail(
        `Port ${port} is in use. Stop the process that uses it, or choose another port with --port.`,
      )
    }
    // Otherwise a port that Windows reserves, or an address of another computer.
    if (code === undefined && !(error instanceof StateFileError)) throw error
    fail(message)
  }
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: OPTIONS })
    if (!values.help) return values
    console.log(HELP)
  } catch (error) {
    fail(`${(error as Error).message}\n\n${HELP}`)
  }
  return undefined
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}

/**
 * The diagnose command. With an address it checks that deployment from outside. Without one it checks
 * the configuration in the environment.
 */
import { parseArgs, styleText } from 'node:util'
import { PINNED_API } from '@polar-connect/bff'
import {
  CHECKS,
  CHECK_WORDS,
  summariseChecks,
  verdictOf,
  type Check,
} from '@polar-connect/protocol'
import { createEnvReader } from '@polar-connect/bff/env'
import { setGlobalDispatcher } from 'undici'
import { createDispatcher } from '../node/outgoing.ts'
import { checkConfiguration } from './configuration.ts'
import { checkDeployment } from './deployment.ts'

const COLOURS = { ok: 'green', warning: 'yellow', failed: 'red', skipped: 'dim' } as const
const WORD_WIDTH = Math.max(...Object.values(CHECK_WORDS).map((word) => word.length)) + 2

const HELP = `Checks the settings, or the deployment at an address.

  npx -y pnpm@12 diagnose
  npx -y pnpm@12 diagnose https://app.example.com

  --api                    also compare Polar's API with what the app uses
  --api-version 2027-01    the same with another version of Polar's API

It exits with 0 if sign-in works, with 1 if a check failed, and with 2 if it couldn't tell.
`

// `fetch` uses the app's proxy, so a check passes only if the app works.
setGlobalDispatcher(createDispatcher(createEnvReader(process.env)))
try {
  await run()
} catch (error) {
  if (!(error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS_')) throw error
  console.error(`${(error as Error).message}\n\n${HELP}`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { address, title, source, help, api } = readArguments()
  if (help) return console.log(HELP)
  if (address !== undefined && !/^https?:$/.test(protocolOf(address))) {
    console.error(`${address} is not the address of a deployment.`)
    console.error(
      '  Write it in full, for example: npx -y pnpm@12 diagnose https://app.example.com',
    )
    process.exitCode = 1
    return
  }
  const checks =
    address === undefined
      ? await checkConfiguration(process.env, source, api)
      : await checkDeployment(new URL(address).origin, {}, api)
  const verdict = verdictOf(checks)
  const lines = ['', `  Polar Connect   checks of ${title}`, '', ...checks.flatMap(toLines), '']
  console.log([...lines, `  ${verdict.text}`, `  ${summariseChecks(checks)}`, ''].join('\n'))
  if (checks.some(({ status }) => status === 'failed')) process.exitCode = 1
  else if (!verdict.works) process.exitCode = 2
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      api: { type: 'boolean', default: false },
      'api-version': { type: 'string' },
      // Only the caller knows which file the settings came from.
      source: { type: 'string' },
      title: { type: 'string', default: 'the environment' },
    },
  })
  const [address] = positionals
  return {
    address,
    source: values.source,
    help: values.help,
    title: address ?? values.title,
    /** The version to compare, if any. */
    api: values['api-version'] ?? (values.api ? PINNED_API.version : undefined),
  }
}

function toLines({ id, status, detail, fix, differences = [] }: Check): string[] {
  const word = styleText(COLOURS[status], CHECK_WORDS[status].padEnd(WORD_WIDTH))
  const below = ' '.repeat(WORD_WIDTH)
  const lines = [
    `  ${word}${CHECKS[id].title}: ${detail}`,
    ...differences.map(
      ({ text, breaks }) => `  ${below}${breaks ? 'Breaks' : 'Harmless'}: ${text}`,
    ),
  ]
  if (fix !== undefined && status !== 'ok') lines.push(`  ${below}${fix}`)
  // Some terminals cannot show these signs.
  return lines.map((line) => line.replaceAll('…', '...'))
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : ''
}

/**
 * The diagnose command: with an address it checks that deployment from outside, without one the
 * configuration in the environment. It ends with 1 when a check failed.
 */
import { parseArgs, styleText } from 'node:util'
import { CHECK_TITLES, CHECK_WORDS, summariseChecks, type Check } from '@polar-connect/protocol'
import { checkConfiguration } from './configuration.ts'
import { checkDeployment } from './deployment.ts'

const COLOURS = { ok: 'green', warning: 'yellow', failed: 'red', skipped: 'dim' } as const
const WORD_WIDTH = Math.max(...Object.values(CHECK_WORDS).map((word) => word.length)) + 2

const HELP = `Checks the settings, or with an address the deployment there.

  npx -y pnpm@12 diagnose
  npx -y pnpm@12 diagnose https://app.example.com
`

await run()

async function run(): Promise<void> {
  const { address, title, source, help } = readArguments()
  if (help) return console.log(HELP)
  if (address !== undefined && !/^https?:$/.test(protocolOf(address))) {
    console.error(`${address} is no address of a deployment.`)
    console.error('  Give it whole, for example: npx -y pnpm@12 diagnose https://app.example.com')
    process.exitCode = 1
    return
  }
  const checks =
    address === undefined
      ? await checkConfiguration(process.env, source)
      : await checkDeployment(new URL(address).origin)
  const lines = ['', `  Polar Connect   checks of ${title}`, '', ...checks.flatMap(toLines), '']
  console.log([...lines, `  ${summariseChecks(checks)}`, ''].join('\n'))
  if (checks.some(({ status }) => status === 'failed')) process.exitCode = 1
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: {
      help: { type: 'boolean', default: false },
      // Which settings these are: whoever starts this knows where it took them from.
      source: { type: 'string' },
      title: { type: 'string', default: 'the environment' },
    },
  })
  const [address] = positionals
  const source = values.source === undefined ? undefined : String(values.source)
  return { address, source, help: values.help === true, title: address ?? String(values.title) }
}

function toLines({ id, status, detail, fix }: Check): string[] {
  const word = styleText(COLOURS[status], CHECK_WORDS[status].padEnd(WORD_WIDTH))
  const lines = [`  ${word}${CHECK_TITLES[id]}: ${detail}`]
  if (fix !== undefined && status !== 'ok') lines.push(`  ${' '.repeat(WORD_WIDTH)}${fix}`)
  // Terminals of every kind show this.
  return lines.map((line) => line.replaceAll('…', '...'))
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : ''
}

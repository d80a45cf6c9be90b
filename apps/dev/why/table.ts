/** The table of docs/why.md: what each app answered to each probe, and what was counted. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../src/workspace.ts'
import { PROBES, TEN_DAYS, type Probe } from './probes.ts'
import { LINKS, type Scene, type Stage } from './scene.ts'

export const DOCUMENT = join(ROOT, 'docs/why.md')
export const BEGIN = '<!-- made by `pnpm why-table`: begin -->'
export const END = '<!-- end -->'

const SESSIONS = 10
const CALLS = 100
const WRITES = 20

/** What is counted, in the order of {@link count}. */
export const COUNTED = [
  `Sessions lost, of ${SESSIONS} whose token expires under ${CALLS} calls at once`,
  `Calls failed, of those ${SESSIONS * CALLS}`,
  `Refreshes asked of Polar for those ${SESSIONS} sessions`,
  `Writes lost, of ${WRITES} at once on an expired token`,
  'Writes executed twice, of those',
  'Lines that its owner keeps',
] as const

export interface Outcome {
  readonly name: string
  /** In the order of {@link PROBES}. */
  readonly verdicts: readonly (boolean | undefined)[]
  /** In the order of {@link COUNTED}. */
  readonly counts: readonly number[]
}

export async function compare(stage: Stage, lines: number): Promise<Outcome> {
  const verdicts: (boolean | undefined)[] = []
  for (const probe of PROBES) verdicts.push(await probe.holds(await stage.scene()))
  const storms: Awaited<ReturnType<typeof storm>>[] = []
  for (let session = 0; session < SESSIONS; session += 1)
    storms.push(await storm(await stage.scene()))
  const sum = (of: (one: (typeof storms)[number]) => number) =>
    storms.reduce((total, one) => total + of(one), 0)
  const scene = await stage.scene()
  const executed = await writeAtOnce(scene)
  return {
    name: scene.app.name,
    verdicts,
    counts: [
      sum(({ lost }) => lost),
      sum(({ failed }) => failed),
      sum(({ refreshes }) => refreshes),
      Math.max(0, WRITES - executed),
      Math.max(0, executed - WRITES),
      lines,
    ],
  }
}

async function storm(scene: Scene) {
  const person = await scene.signedIn()
  await scene.travel(TEN_DAYS)
  const answers = await Promise.all(Array.from({ length: CALLS }, () => scene.call(person)))
  const refreshes = await scene.polar.tokenRequests('refresh_token')
  const lost = (await scene.isConnected(person)) ? 0 : 1
  return { lost, failed: answers.filter(({ status }) => status !== 200).length, refreshes }
}

/** How often a write was executed at Polar. */
async function writeAtOnce(scene: Scene): Promise<number> {
  const person = await scene.signedIn()
  const product = await scene.product(person)
  await scene.travel(TEN_DAYS)
  await Promise.all(Array.from({ length: WRITES }, () => scene.write(person, product)))
  return (await scene.polar.requests(LINKS)).filter(({ status }) => status === 201).length
}

/** Lines that are neither empty nor a comment. */
export function countLines(source: string): number {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').split('\n')
  return code.filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length
}

/** What the guide has an Express app add, by the blocks that it names. */
export function countOurLines(): number {
  const guide = readFileSync(join(ROOT, 'docs/start-your-own.md'), 'utf8')
  return ['bff.ts', 'express.ts', 'connect.tsx']
    .map((file) => {
      const [, block] = guide.split(`// ${file}\n`)
      if (block === undefined) throw new Error(`docs/start-your-own.md has no ${file}`)
      return countLines(block.split('```')[0] ?? '')
    })
    .reduce((total, lines) => total + lines)
}

export function createTable(outcomes: readonly Outcome[]): string {
  const names = outcomes.map(({ name }) => name)
  const verdicts = PROBES.map(
    (probe, index) =>
      `| ${titleOf(probe)} | ${outcomes.map((one) => say(one.verdicts[index])).join(' | ')} |`,
  )
  const counts = COUNTED.map(
    (what, index) => `| ${what} | ${outcomes.map((one) => one.counts[index]).join(' | ')} |`,
  )
  return [
    `| | what holds | ${names.join(' | ')} |`,
    `|---|---|${names.map(() => '---|').join('')}`,
    ...verdicts,
    '',
    `| counted | ${names.join(' | ')} |`,
    `|---|${names.map(() => '--:|').join('')}`,
    ...counts,
    '',
  ].join('\n')
}

export const titleOf = ({ number, asks }: Probe): string => `S${number} | ${asks}`

function say(holds: boolean | undefined): string {
  if (holds === undefined) return 'nothing to ask'
  return holds ? 'holds' : '**red**'
}

/** The document with its table made anew. */
export function withTable(document: string, table: string): string {
  const [before = '', rest = ''] = document.split(BEGIN)
  const [, after = ''] = rest.split(END)
  return `${before}${BEGIN}\n\n${table}\n${END}${after}`
}

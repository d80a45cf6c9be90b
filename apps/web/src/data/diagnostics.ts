/** All checks that this page can make: the server's half, if it tells, and the browser's. */
import { ConnectError, hasCode, type Connect } from '@polar-connect/browser'
import {
  CHECKS,
  CHECK_WORDS,
  checkHealth,
  joinChecks,
  pathOf,
  summariseChecks,
  verdictOf,
  type Check,
  type DiagnosticsAnswer,
  type HealthAnswer,
  type SignInTrace,
  type SignInsAnswer,
} from '@polar-connect/protocol'
import { checkBrowser } from './browser-checks.ts'

export interface Diagnosis {
  readonly checks: readonly Check[]
  /** Absent if the server does not answer. */
  readonly redirectUri?: string
  /** Whether {@link readSignIns} finds something. */
  readonly tellsSignIns: boolean
}

type Caller = Pick<Connect, 'fetch' | 'basePath'>

/** Null if the server does not tell about itself. For most people this page does not exist. */
export async function diagnose(connect: Caller): Promise<Diagnosis | null> {
  const server = await checkServer(connect)
  const told = server.status === 'failed' ? undefined : await askServer(connect)
  if (told === null) return null
  const checks = [server, ...(told?.checks ?? []), ...(await checkBrowser(told))]
  return {
    checks: joinChecks(checks),
    ...(told && { redirectUri: told.redirect_uri }),
    tellsSignIns: told?.tells_sign_ins === true,
  }
}

async function checkServer(connect: Caller): Promise<Check> {
  const startedAt = performance.now()
  const answer = await askHealth(connect)
  return checkHealth(answer, performance.now() - startedAt)
}

async function askHealth(connect: Caller): Promise<HealthAnswer | undefined> {
  try {
    const response = await connect.fetch(pathOf('health', connect.basePath))
    return { status: response.status, body: await response.json().catch(() => null) }
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error
    return undefined
  }
}

function askServer(connect: Caller): Promise<DiagnosticsAnswer | null> {
  return orNull(async () => {
    const path = pathOf('diagnostics', connect.basePath)
    // The first call brings the cookie, and the second should send it back.
    await connect.fetch(`${path}?probe`)
    const response = await connect.fetch(path)
    return (await response.json()) as DiagnosticsAnswer
  })
}

/** The latest sign-ins, newest first. Null if the server does not tell about them. */
export function readSignIns(connect: Caller): Promise<readonly SignInTrace[] | null> {
  return orNull(async () => {
    const response = await connect.fetch(`${pathOf('diagnostics', connect.basePath)}?sign_ins`)
    return ((await response.json()) as SignInsAnswer).sign_ins
  })
}

async function orNull<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask()
  } catch (error) {
    if (hasCode(error, 'not_found')) return null
    throw error
  }
}

/** The checks as Markdown, for an issue or a chat: exactly what the page shows. */
export function toReport({ checks }: Diagnosis, origin: string): string {
  const lines = checks.flatMap(({ id, status, detail, fix, differences = [] }) => [
    `- **${CHECK_WORDS[status]}** ${CHECKS[id].title}: ${detail}${fix === undefined ? '' : ` Fix: ${fix}`}`,
    ...differences.map(({ text, breaks }) => `  - ${breaks ? 'Breaks' : 'Harmless'}: ${text}`),
  ])
  return [
    `# Diagnostics of ${origin}`,
    '',
    `${verdictOf(checks).text} ${summariseChecks(checks)}.`,
    '',
    ...lines,
    '',
  ].join('\n')
}

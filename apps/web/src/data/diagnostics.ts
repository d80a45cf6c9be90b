/** All checks that this page can make: the server's half, where it tells, and the browser's. */
import { ConnectError, type Connect } from '@polar-connect/browser'
import {
  CHECK_TITLES,
  CHECK_WORDS,
  PATHS,
  joinChecks,
  summariseChecks,
  type Check,
  type DiagnosticsAnswer,
} from '@polar-connect/protocol'
import { checkBrowser } from './browser-checks.ts'

export interface Diagnosis {
  readonly checks: readonly Check[]
  /** Absent while the server cannot be asked. */
  readonly redirectUri?: string
}

type Fetch = Pick<Connect, 'fetch'>

const SLOW_MS = 2000

/** Null where the server does not tell about itself: to everybody else there is no such page. */
export async function diagnose(connect: Fetch): Promise<Diagnosis | null> {
  const server = await checkServer(connect)
  const told = server.status === 'failed' ? undefined : await askServer(connect)
  if (told === null) return null
  const checks = [server, ...(told?.checks ?? []), ...(await checkBrowser(told))]
  return { checks: joinChecks(checks), ...(told && { redirectUri: told.redirect_uri }) }
}

async function checkServer(connect: Fetch): Promise<Check> {
  const id = 'server'
  const startedAt = performance.now()
  const status = await healthOf(connect)
  const ms = Math.round(performance.now() - startedAt)
  if (status !== undefined) {
    return {
      id,
      status: 'failed',
      detail: `${PATHS.health} ${status}.`,
      fix: 'Start it with the dev command, or check that the deployment routes /bff to the server.',
    }
  }
  const detail = `${PATHS.health} answers in ${ms} ms.`
  if (ms < SLOW_MS) return { id, status: 'ok', detail }
  return { id, status: 'warning', detail, fix: 'Look for a cold start, or a region far away.' }
}

/** What is wrong with the answer, if anything is. */
async function healthOf(connect: Fetch): Promise<string | undefined> {
  try {
    const response = await connect.fetch(PATHS.health)
    const { status } = ((await response.json().catch(() => null)) ?? {}) as { status?: unknown }
    return status === 'ok' ? undefined : `answers ${response.status}, and not that it is well`
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error
    return 'gives no answer'
  }
}

async function askServer(connect: Fetch): Promise<DiagnosticsAnswer | null> {
  try {
    // The first call brings the cookie that the second is expected to bring back.
    await connect.fetch(`${PATHS.diagnostics}?probe`)
    const response = await connect.fetch(PATHS.diagnostics)
    return (await response.json()) as DiagnosticsAnswer
  } catch (error) {
    if (error instanceof ConnectError && error.code === 'not_found') return null
    throw error
  }
}

/** The checks as Markdown, for an issue or a chat. Nothing that is shown is left out of it, or added. */
export function toReport({ checks }: Diagnosis, origin: string): string {
  const lines = checks.map(({ id, status, detail, fix }) => {
    const line = `- **${CHECK_WORDS[status]}** ${CHECK_TITLES[id]}: ${detail}`
    return fix === undefined ? line : `${line} Fix: ${fix}`
  })
  return [`# Diagnostics of ${origin}`, '', `${summariseChecks(checks)}.`, '', ...lines, ''].join(
    '\n',
  )
}

/** Asks a server for its own half of the checks, as a browser would that keeps its cookies. */
import { CSRF_HEADER, PATHS, type Check, type DiagnosticsAnswer } from '@polar-connect/protocol'

/** A call to the server by its path. Where no answer comes, that is one too: of status 0. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** Undefined where the server does not tell: it is not turned on there. */
export async function askServer(ask: Ask): Promise<readonly Check[] | undefined> {
  const headers = new Headers({ [CSRF_HEADER.name]: CSRF_HEADER.value })
  const begun = await ask(`${PATHS.diagnostics}?probe`, { headers })
  if (begun.status !== 204) return undefined
  const cookies = begun.headers.getSetCookie().map((line) => line.split(';')[0])
  headers.set('Cookie', cookies.join('; '))
  const answer = await ask(PATHS.diagnostics, { headers })
  return answer.ok ? ((await answer.json()) as DiagnosticsAnswer).checks : undefined
}

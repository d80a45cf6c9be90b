/** Requests to a server, with cookies kept as a browser keeps them. */
import { CSRF_HEADER, pathOf, type Check, type DiagnosticsAnswer } from '@polar-connect/protocol'

/** Sends a request to a path of the server. If no whole answer comes, the status is 0. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>

export const CSRF = { [CSRF_HEADER.name]: CSRF_HEADER.value }

/** The server's own checks. Undefined if it tells none: they may be turned off there. */
export async function askServer(ask: Ask): Promise<readonly Check[] | undefined> {
  const begun = await ask(`${pathOf('diagnostics')}?probe`, { headers: CSRF })
  if (begun.status !== 204) return undefined
  const answer = await ask(pathOf('diagnostics'), {
    headers: { ...CSRF, Cookie: cookiesOf(begun) },
  })
  // Something in front of the server may answer with a page.
  const body = (await answer.json().catch(() => ({}))) as Partial<DiagnosticsAnswer>
  return answer.ok ? body.checks : undefined
}

/** The `Cookie` header of the next request. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

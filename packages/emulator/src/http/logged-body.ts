/** The beginning of what a request or an answer carried, for the log. */

const KEPT_CHARACTERS = 4096
const READ_BYTES = 65_536
const TEXT = /^(application\/(json|x-www-form-urlencoded)|text\/(plain|csv))/i

/** Empty where there is nothing, or nothing to read. */
export async function loggedRequestBody(request: Request): Promise<string> {
  const length = Number(request.headers.get('Content-Length') ?? 0)
  const readable = TEXT.test(request.headers.get('Content-Type') ?? '')
  if (!readable || length === 0 || length > READ_BYTES) return ''
  return cut(await request.clone().text())
}

/** One piece is enough: an answer that never ends is not waited for. */
export async function loggedResponseBody(response: Response): Promise<string> {
  const { headers, body } = response
  if (body === null || headers.has('Content-Encoding')) return ''
  if (!TEXT.test(headers.get('Content-Type') ?? '')) return ''
  const reader = response.clone().body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  // The answer itself goes on: only this reading of it ends.
  reader?.cancel().catch(() => undefined)
  return cut(new TextDecoder().decode(value?.subarray(0, 2 * KEPT_CHARACTERS)))
}

function cut(text: string): string {
  return text.length > KEPT_CHARACTERS ? `${text.slice(0, KEPT_CHARACTERS)}…` : text
}

/** The beginning of request and response bodies, for the log. */

const KEPT_CHARACTERS = 4096
const READ_BYTES = 65_536
const TEXT = /^(application\/(json|x-www-form-urlencoded)|text\/(plain|csv))/i

/** Empty if there is no body, or no readable one. */
export async function loggedRequestBody(request: Request): Promise<string> {
  const length = Number(request.headers.get('Content-Length') ?? 0)
  const readable = TEXT.test(request.headers.get('Content-Type') ?? '')
  if (!readable || length === 0 || length > READ_BYTES) return ''
  return cut(await request.clone().text())
}

/** Reads one chunk only, because an answer can be endless. */
export async function loggedResponseBody(response: Response): Promise<string> {
  const { headers, body } = response
  if (body === null || headers.has('Content-Encoding')) return ''
  if (!TEXT.test(headers.get('Content-Type') ?? '')) return ''
  const reader = response.clone().body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  // Cancels only this copy of the body.
  reader?.cancel().catch(() => undefined)
  return cut(new TextDecoder().decode(value?.subarray(0, 2 * KEPT_CHARACTERS)))
}

function cut(text: string): string {
  return text.length > KEPT_CHARACTERS ? `${text.slice(0, KEPT_CHARACTERS)}…` : text
}

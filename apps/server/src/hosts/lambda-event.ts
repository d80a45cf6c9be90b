/**
 * HTTP in the form of AWS Lambda: payload format 2.0, from function URLs and HTTP APIs. Each cookie is
 * an entry of its own, in requests and in answers.
 */

/** The parts of an event that an answer needs. */
export interface HttpEvent {
  /** A function URL sends it raw. An HTTP API sends it decoded. */
  readonly rawPath: string
  readonly rawQueryString: string
  readonly cookies?: readonly string[]
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body?: string
  readonly isBase64Encoded: boolean
  readonly requestContext: {
    readonly http: { readonly method: string; readonly sourceIp: string }
  }
}

/** An answer without its body. */
export interface AnswerHead {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
}

/** What a header may hold. Lambda passes it on as text, and text has more. */
const LATIN1 = /^[\t\x20-\xff]*$/

/** The request target, if the event has the raw path. */
export function targetOf({ rawPath, rawQueryString }: HttpEvent): string {
  return rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`
}

/** The event as a request, without what no header may hold. Undefined for a method that `Request` refuses (TRACE, CONNECT). */
export function toRequest(event: HttpEvent, signal: AbortSignal): Request | undefined {
  const { method } = event.requestContext.http
  // The app reads its origin from the configuration, so any host works here.
  const url = new URL('http://lambda.invalid')
  url.pathname = event.rawPath
  url.search = event.rawQueryString
  const headers = new Headers()
  for (const [name, value] of Object.entries(event.headers)) {
    if (value !== undefined && LATIN1.test(value)) headers.set(name, value)
  }
  const cookies = event.cookies?.filter((cookie) => LATIN1.test(cookie))
  if (cookies !== undefined) headers.set('Cookie', cookies.join('; '))
  const body =
    event.body === undefined || method === 'GET' || method === 'HEAD'
      ? null
      : Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8')
  try {
    return new Request(url, { method, headers, body, signal })
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return undefined
  }
}

export function toHead({ status, headers }: Response): AnswerHead {
  const others = [...headers].filter(([name]) => name !== 'set-cookie')
  return {
    statusCode: status,
    headers: Object.fromEntries(others),
    cookies: headers.getSetCookie(),
  }
}

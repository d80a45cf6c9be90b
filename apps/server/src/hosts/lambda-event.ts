/**
 * HTTP as AWS Lambda hands it over: payload format 2.0, as function URLs and HTTP APIs send it. A
 * cookie is a line of its own in both directions here, and stays one.
 */

/** As much of an event as an answer needs. */
export interface HttpEvent {
  /** As it came from a function URL; already decoded from an HTTP API. */
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

/** All of an answer but its body. */
export interface AnswerHead {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
}

/** The request target, as far as the event tells it. */
export function targetOf({ rawPath, rawQueryString }: HttpEvent): string {
  return rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`
}

/** The event as a request, or undefined for a method that no request may have (TRACE, CONNECT). */
export function toRequest(event: HttpEvent, signal: AbortSignal): Request | undefined {
  const { method } = event.requestContext.http
  // The host comes from configuration and never from here, so any will do.
  const url = new URL('http://lambda.invalid')
  url.pathname = event.rawPath
  url.search = event.rawQueryString
  const headers = new Headers()
  for (const [name, value] of Object.entries(event.headers)) {
    if (value !== undefined) headers.set(name, value)
  }
  if (event.cookies !== undefined) headers.set('Cookie', event.cookies.join('; '))
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

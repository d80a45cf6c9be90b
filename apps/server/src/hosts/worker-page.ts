/** The built app from a Worker's assets, by the rules of all hosts. */
import { documentHeaders, transportSecurity } from '../page/document-headers.ts'
import { asksForPage } from '../page/page-request.ts'

export interface PageBindings {
  /** The files that were uploaded with the Worker. Undefined if another server has the page. */
  readonly ASSETS?: { fetch(request: Request): Promise<Response> }
  readonly STRICT_TRANSPORT_SECURITY?: string
}

/** Answers paths without a file. Cloudflare serves files itself, with the headers of `_headers`. */
export async function servePage(
  request: Request,
  { ASSETS: assets, STRICT_TRANSPORT_SECURITY: setting }: PageBindings,
): Promise<Response> {
  const { pathname, protocol } = new URL(request.url)
  const found =
    assets && asksForPage(pathname, (name) => request.headers.get(name))
      ? await assets.fetch(new Request(new URL('/', request.url), request))
      : new Response('404 Not Found', { status: 404 })
  const answer = new Response(found.body, found)
  const headers = documentHeaders(transportSecurity(setting, protocol === 'https:'))
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}

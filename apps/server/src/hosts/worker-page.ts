/** The built app from the assets of a Worker, by the same rules as on every other host. */
import { documentHeaders, transportSecurity } from '../page/document-headers.ts'
import { asksForPage } from '../page/page-request.ts'

export interface PageBindings {
  /** The files that were uploaded with the Worker. Undefined if the page is served from elsewhere. */
  readonly ASSETS?: { fetch(request: Request): Promise<Response> }
  readonly STRICT_TRANSPORT_SECURITY?: string
}

/**
 * Answers for what is no file: Cloudflare serves files by itself, with the headers of `_headers`.
 */
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

/** The built app from the assets of a Worker, by the same rules as on every other host. */
import { documentHeaders } from '../page/document-headers.ts'
import { asksForPage } from '../page/page-request.ts'

/** The files that were uploaded with a Worker. */
export interface Assets {
  fetch(request: Request): Promise<Response>
}

/**
 * Answers for what is no file: Cloudflare serves files by itself, with the headers of `_headers`.
 *
 * @param assets undefined if the page is served from elsewhere.
 */
export async function servePage(request: Request, assets: Assets | undefined): Promise<Response> {
  const { pathname, protocol } = new URL(request.url)
  const found =
    assets && asksForPage(pathname, (name) => request.headers.get(name))
      ? await assets.fetch(new Request(new URL('/', request.url), request))
      : new Response('404 Not Found', { status: 404 })
  const answer = new Response(found.body, found)
  const headers = documentHeaders(protocol === 'https:')
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}

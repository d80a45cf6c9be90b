/** The page alone as a Worker, where another one on the same origin is the BFF. */
import { servePage, type Assets } from './worker-page.ts'

export default {
  fetch: (request: Request, { ASSETS }: { readonly ASSETS: Assets }): Promise<Response> =>
    servePage(request, ASSETS),
}

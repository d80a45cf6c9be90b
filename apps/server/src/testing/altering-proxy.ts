/** A reverse proxy that alters what passes, as a badly configured proxy does. */
import { serve } from '../node/node-server.ts'

export interface Alteration {
  /** Answers in place of the server. Undefined passes the request on. */
  readonly answer?: (path: string) => Response | undefined
  readonly request?: (headers: Headers) => void
  readonly response?: (headers: Headers) => void
}

export interface AlteringProxy {
  readonly origin: string
  target: string
  alteration: Alteration
  stop(): Promise<void>
}

/** Not passed on: they belong to one connection, or to a body that `fetch` has decoded. */
const OWN = ['host', 'connection', 'content-length', 'content-encoding', 'transfer-encoding']

export async function startAlteringProxy(): Promise<AlteringProxy> {
  const server = await serve(forward, { port: 0, host: '127.0.0.1' })
  const proxy: AlteringProxy = {
    origin: `http://127.0.0.1:${server.port}`,
    target: '',
    alteration: {},
    stop: () => server.stop(),
  }
  return proxy

  async function forward(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url)
    const replaced = proxy.alteration.answer?.(pathname)
    if (replaced !== undefined) return replaced
    const headers = new Headers(request.headers)
    for (const name of OWN) headers.delete(name)
    proxy.alteration.request?.(headers)
    const { method } = request
    const body = method === 'GET' ? undefined : await request.text()
    const answer = await fetch(`${proxy.target}${pathname}${search}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    })
    const altered = new Response(answer.body, answer)
    for (const name of OWN) altered.headers.delete(name)
    proxy.alteration.response?.(altered.headers)
    return altered
  }
}

/** The parts of Vercel's Build Output API, version 3, that this app uses. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Route {
  readonly handle?: 'filesystem' | 'hit'
  readonly src?: string
  readonly has?: readonly {
    readonly type: 'header'
    readonly key: string
    readonly value: string
  }[]
  readonly caseSensitive?: boolean
  readonly dest?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly continue?: boolean
}

/** What Vercel's edge would answer for `output`, the folder that is uploaded. */
export function createVercelEdge(output: string): (request: Request) => Response {
  const { routes } = JSON.parse(readFileSync(join(output, 'config.json'), 'utf8')) as {
    routes: readonly Route[]
  }
  const start = (phase: Route['handle']) => routes.findIndex(({ handle }) => handle === phase) + 1

  return (request) => {
    const { pathname } = new URL(request.url)
    const headers = new Headers()

    /** The first route from `index` on that ends its phase. Those before it add headers. */
    function follow(index: number): Route | undefined {
      for (const route of routes.slice(index)) {
        if (route.handle !== undefined) return undefined
        if (!matches(route)) continue
        for (const [name, value] of Object.entries(route.headers ?? {})) headers.set(name, value)
        if (!route.continue) return route
      }
      return undefined
    }

    function matches({ src = '', has = [], caseSensitive = false }: Route): boolean {
      return (
        new RegExp(`^(?:${src})$`, caseSensitive ? '' : 'i').test(pathname) &&
        has.every(({ key, value }) =>
          new RegExp(`^(?:${value})$`).test(request.headers.get(key) ?? ''),
        )
      )
    }

    function file(path: string): Response | undefined {
      const at = join(output, 'static', path.endsWith('/') ? `${path}index.html` : path)
      if (!existsSync(at)) return undefined
      follow(start('hit'))
      return new Response(readFileSync(at), { headers })
    }

    const first = follow(0)
    if (first?.dest !== undefined) return new Response('the function')
    const found = file(pathname)
    if (found) return found
    const { dest, status } = follow(start('filesystem')) ?? {}
    return (dest && file(dest)) || new Response('', { status: status ?? 404, headers })
  }
}

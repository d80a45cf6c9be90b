/**
 * What the hosts share that start an app by its first request: the BFF is made once, and where its
 * configuration has faults every call says so, since there is no start that could fail. The page is
 * there all the same: it tells people that the app is not set up.
 */
import { BffError, createBff, type Coordinator } from '@polar-connect/bff'
import { BASE_PATH, type Problem } from '@polar-connect/protocol'
import type { Context, ExecutionContext } from 'hono'
import { ConfigError, readConfig, type Config, type Environment } from '../config/config.ts'
import { documentHeaders } from '../page/document-headers.ts'
import { createJsonLogger } from '../json-logger.ts'
import { logEvents, type Logger } from '../log.ts'
import { SECURITY_TEXT_PATH, securityText } from '../page/security-text.ts'

export type Serve = (
  request: Request,
  bindings: object,
  context: ExecutionContext,
) => Response | Promise<Response>

export interface Host {
  /** When this version was built or uploaded, ISO 8601. */
  readonly builtAt: string
  /** Where a call came from, as far as this host can be believed. */
  readonly clientAddress: (c: Context, config: Config) => string | undefined
  /** The request target as it came over the wire, where this host tells it. */
  readonly rawTarget?: (c: Context) => string | undefined
  /** What its instances share. Each has its own memory by default. */
  readonly coordinator?: (config: Config, logger: Logger) => { readonly coordinator?: Coordinator }
  /**
   * Answers what neither the BFF nor `security.txt` is asked for, such as a page.
   *
   * @param secure whether the app is known to be opened over https.
   */
  readonly page?: (secure: boolean) => Serve
}

/** Whether a page server leaves `path` to what {@link createServerless} makes. */
export function isServerPath(path: string): boolean {
  return path.startsWith(`${BASE_PATH}/`) || path === SECURITY_TEXT_PATH
}

export function createServerless(env: Environment, host: Host): Serve {
  let app: Promise<Serve> | undefined
  return async (request, bindings, context) => {
    app ??= startApp(env, host)
    return (await app)(request, bindings, context)
  }
}

async function startApp(env: Environment, host: Host): Promise<Serve> {
  try {
    return await createApp(env, host)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const page = pageOf(host, false)
    return (request, bindings, context) =>
      isServerPath(new URL(request.url).pathname)
        ? refuse(error.faults)
        : page(request, bindings, context)
  }
}

/** The faults are for the log alone; the reference in the answer leads to them. */
async function refuse(faults: ConfigError['faults']): Promise<Response> {
  const answer = new BffError('misconfigured', 'not configured').getResponse()
  answer.headers.set('Cache-Control', 'no-store')
  answer.headers.set('X-Content-Type-Options', 'nosniff')
  const { reference } = (await answer.clone().json()) as Problem
  createJsonLogger().error({ faults, reference }, 'not configured')
  return answer
}

async function createApp(env: Environment, host: Host): Promise<Serve> {
  const config = await readConfig(env)
  const { rawTarget, coordinator } = host
  const logger = createJsonLogger(config.logLevel)
  const bff = createBff({
    ...config.bff,
    onEvent: logEvents(logger),
    clientAddress: (c) => host.clientAddress(c, config),
    ...(rawTarget && { rawTarget }),
    ...coordinator?.(config, logger),
    // Loaded where it is asked for: it is a tenth of the whole.
    ...(config.diagnostics && {
      diagnostics: (await import('@polar-connect/bff/diagnostics')).createDiagnostics,
    }),
  })
  const page = pageOf(host, config.bff.appOrigin.startsWith('https:'))
  return (request, bindings, context) => {
    const { pathname } = new URL(request.url)
    if (pathname === SECURITY_TEXT_PATH) return answerSecurityText(config, host.builtAt)
    return pathname.startsWith(`${BASE_PATH}/`)
      ? bff.fetch(request, bindings, context)
      : page(request, bindings, context)
  }
}

function pageOf(host: Host, secure: boolean): Serve {
  return host.page?.(secure) ?? (() => new Response('404 Not Found', { status: 404 }))
}

function answerSecurityText(config: Config, builtAt: string): Response {
  const { appOrigin } = config.bff
  const contact = config.securityContact
  return new Response(contact && securityText({ contact, appOrigin, builtAt }), {
    status: contact === undefined ? 404 : 200,
    headers: {
      ...documentHeaders(SECURITY_TEXT_PATH, appOrigin.startsWith('https:')),
      'Content-Type': 'text/plain; charset=utf-8',
    },
  })
}

/**
 * The app of every entry: the BFF from the environment, `security.txt`, and the host's page for every
 * other address.
 */
import {
  createBff,
  pinnedApiNotice,
  systemTime,
  type BffOptions,
  type Coordinator,
} from '@polar-connect/bff'
import { BASE_PATH } from '@polar-connect/protocol'
import type { Context, ExecutionContext } from 'hono'
import { readConfig, type Config, type Environment } from './config/config.ts'
import { logEvents, type Logger } from './log.ts'
import { documentHeaders } from './page/document-headers.ts'
import { SECURITY_TEXT_PATH, securityText } from './page/security-text.ts'

export type Serve = (
  request: Request,
  bindings: object,
  context: ExecutionContext,
) => Response | Promise<Response>

/** What differs from one host to the next. */
export interface Host {
  /** When this version was built or uploaded, ISO 8601. */
  readonly builtAt: string
  readonly createLogger: (level: Config['logLevel']) => Logger
  /** The caller's address, as far as this host can be trusted. */
  readonly clientAddress: (c: Context, config: Config) => string | undefined
  /** What its instances share. Undefined: each has its own memory. */
  readonly coordinator: (config: Config, logger: Logger) => Coordinator | undefined
  /** For a host that can run several instances at once: what to set so that they share a lock. */
  readonly sharesBy?: string
  /** BFF options that only this host has. */
  readonly options?: Partial<BffOptions>
  /** Whether diagnostics are always on. */
  readonly diagnostics?: boolean
  /**
   * Answers every path that is not the server's own.
   *
   * @param secure whether people open the app over https.
   */
  readonly page?: (secure: boolean) => Serve
}

export interface App {
  readonly serve: Serve
  readonly config: Config
  readonly logger: Logger
}

/**
 * @param source the file that `env` came from, if there is one.
 * @throws {ConfigError} with every fault.
 */
export async function assemble(env: Environment, host: Host, source?: string): Promise<App> {
  const config = await readConfig(env, source)
  const logger = host.createLogger(config.logLevel)
  const coordinator = host.coordinator(config, logger)
  const lock = describeLock(coordinator !== undefined, host.sharesBy)
  if (lock.status === 'warning') {
    logger.warn({ event: 'no_coordinator' }, `${lock.detail} ${lock.fix}`)
  }
  const notice = pinnedApiNotice(systemTime.now())
  if (notice !== undefined) logger.warn({ event: 'polar_version_ends' }, notice.text)
  const bff = createBff({
    ...config.bff,
    onEvent: logEvents(logger),
    clientAddress: (c) => host.clientAddress(c, config),
    ...(coordinator && { coordinator }),
    ...((config.diagnostics || host.diagnostics) && { diagnostics: await loadDiagnostics(lock) }),
    ...host.options,
  })
  const page = pageOf(host, config.bff.appOrigin.startsWith('https:'))
  return {
    config,
    logger,
    serve(request, bindings, context) {
      const { pathname } = new URL(request.url)
      if (pathname === SECURITY_TEXT_PATH) return answerSecurityText(config, host.builtAt)
      return pathname.startsWith(`${BASE_PATH}/`)
        ? bff.fetch(request, bindings, context)
        : page(request, bindings, context)
    },
  }
}

/** Whether the server answers `path`, and not its page. */
export function isServerPath(path: string): boolean {
  return path.startsWith(`${BASE_PATH}/`) || path === SECURITY_TEXT_PATH
}

export function pageOf({ page }: Host, secure: boolean): Serve {
  return page?.(secure) ?? (() => new Response('404 Not Found', { status: 404 }))
}

/** What an operator should know about the lock of the refreshes. */
export function describeLock(shared: boolean, sharesBy: string | undefined) {
  if (shared) return { status: 'ok', detail: 'Shared lock works across servers.' } as const
  if (sharesBy === undefined) {
    const detail = 'The lock is in memory: enough for one process. Several need REDIS_URL.'
    return { status: 'ok', detail } as const
  }
  return {
    status: 'warning',
    detail:
      'Each instance has a lock of its own. Two can refresh one session at once: Polar then stands still for 30 seconds, and the connection can be lost.',
    fix: sharesBy,
  } as const
}

/** Loaded on demand: a tenth of the whole. */
async function loadDiagnostics(
  lock: ReturnType<typeof describeLock>,
): Promise<NonNullable<BffOptions['diagnostics']>> {
  const { createDiagnostics } = await import('@polar-connect/bff/diagnostics')
  return (settings, jar) => createDiagnostics({ ...settings, lock }, jar)
}

function answerSecurityText(config: Config, builtAt: string): Response {
  const { appOrigin } = config.bff
  const contact = config.securityContact
  return new Response(contact && securityText({ contact, appOrigin, builtAt }), {
    status: contact === undefined ? 404 : 200,
    headers: {
      ...documentHeaders(appOrigin.startsWith('https:')),
      'Content-Type': 'text/plain; charset=utf-8',
    },
  })
}

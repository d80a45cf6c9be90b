/**
 * The app that every host runs: the BFF, `security.txt`, and the host's page for all other addresses.
 */
import {
  BffError,
  pinnedApiNotice,
  systemTime,
  type BffOptions,
  type Coordinator,
} from '@polar-connect/bff'
import { bffFromEnv, type EnvReader } from '@polar-connect/bff/env'
import { BASE_PATH } from '@polar-connect/protocol'
import type { Context, ExecutionContext } from 'hono'
import { ConfigError, readHostConfig, type Config } from './config/config.ts'
import { logEvents, type Logger } from './log.ts'
import { documentHeaders } from './page/document-headers.ts'
import { SECURITY_TEXT_PATH, securityText } from './page/security-text.ts'

export type Serve = (
  request: Request,
  bindings: object,
  context: ExecutionContext,
) => Response | Promise<Response>

/** What differs between hosts. */
export interface Host {
  /** When this version was built or uploaded, ISO 8601. */
  readonly builtAt: string
  readonly createLogger: (level: Config['logLevel']) => Logger
  /** The caller's address, from the headers that this host writes itself. */
  readonly clientAddress: (c: Context, config: Config) => string | undefined
  /** What the instances share. Undefined: each instance has its own memory. */
  readonly coordinator: (
    config: Config,
    logger: Logger,
  ) => Coordinator | undefined | Promise<Coordinator | undefined>
  /** For a host that can run several instances at once: what to set so that they share a lock. */
  readonly sharesBy?: string
  /** Checks the settings that only this host reads. */
  readonly check?: (read: EnvReader) => void
  /** BFF options that only this host has. */
  readonly options?: Partial<BffOptions>
  /** Whether diagnostics are always on. */
  readonly diagnostics?: boolean
  /**
   * Answers all paths that the server does not answer itself.
   *
   * @param transportSecurity the `Strict-Transport-Security` of its answers, if they have one.
   */
  readonly page?: (transportSecurity: string | undefined) => Serve
}

/** What a host needs after its start. */
export interface Started {
  readonly config: Config
  readonly logger: Logger
}

export interface App {
  /**
   * Reads the configuration with the first request. If it is faulty, each call answers 500, and the
   * page says that the app is not set up.
   */
  readonly serve: Serve
  /**
   * Reads the configuration now.
   *
   * @throws {ConfigError} with every fault.
   */
  start(): Promise<Started>
}

/** @param source the file that `env` came from, if there is one. */
export function assemble(env: object, host: Host, source?: string): App {
  let started: Started | undefined
  let page: Serve | undefined

  const bff = bffFromEnv(
    env,
    async (read) => {
      const config = readHostConfig(read)
      host.check?.(read)
      const logger = host.createLogger(config.logLevel)
      const onEvent = logEvents(logger)
      if (read.faults.length > 0) return { onEvent }
      started = { config, logger }
      const coordinator = await host.coordinator(config, logger)
      const lock = describeLock(coordinator !== undefined, host.sharesBy)
      if (lock.status === 'warning') {
        logger.warn({ event: 'no_coordinator' }, `${lock.detail} ${lock.fix}`)
      }
      const notice = pinnedApiNotice(systemTime.now())
      if (notice !== undefined) logger.warn({ event: 'polar_version_ends' }, notice.text)
      const tells = config.diagnostics || host.diagnostics === true
      return {
        onEvent,
        clientAddress: (c) => host.clientAddress(c, config),
        ...(coordinator && { coordinator }),
        ...(tells && { diagnostics: await loadDiagnostics(lock) }),
        ...host.options,
      }
    },
    source,
  )

  async function start(): Promise<Started> {
    await bff.ready()
    if (started === undefined) throw new Error('the BFF is ready, and its host is not')
    return started
  }

  async function servePage(...call: Parameters<Serve>): Promise<Response> {
    if (page === undefined) {
      const config = await start().then(
        (found) => found.config,
        () => undefined,
      )
      page = host.page?.(config?.transportSecurity) ?? (() => new Response('404', { status: 404 }))
    }
    return page(...call)
  }

  async function serveSecurityText(request: Request): Promise<Response> {
    try {
      return answerSecurityText((await start()).config, host.builtAt)
    } catch (cause) {
      if (!(cause instanceof ConfigError)) throw cause
      const error = new BffError('misconfigured', cause.faults.join(' '), { cause })
      const answer = bff.toResponse(error, request)
      answer.headers.set('Cache-Control', 'no-store')
      return answer
    }
  }

  return {
    start,
    serve(request, bindings, context) {
      const { pathname } = new URL(request.url)
      if (pathname === SECURITY_TEXT_PATH) return serveSecurityText(request)
      return isServerPath(pathname)
        ? bff.fetch(request, bindings, context)
        : servePage(request, bindings, context)
    },
  }
}

/** Whether `path` belongs to the server. All other paths belong to the page. */
export function isServerPath(path: string): boolean {
  return path.startsWith(`${BASE_PATH}/`) || path === SECURITY_TEXT_PATH
}

/** Tells operators whether the refresh lock works across instances. */
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

/** Loaded on demand: it is a tenth of the server's code. */
async function loadDiagnostics(
  lock: ReturnType<typeof describeLock>,
): Promise<NonNullable<BffOptions['diagnostics']>> {
  const { createDiagnostics } = await import('@polar-connect/bff/diagnostics')
  return (settings, jar) => createDiagnostics({ ...settings, lock }, jar)
}

function answerSecurityText(config: Config, builtAt: string): Response {
  const { appOrigin, securityContact: contact } = config
  return new Response(contact && securityText({ contact, appOrigin, builtAt }), {
    status: contact === undefined ? 404 : 200,
    headers: {
      ...documentHeaders(config.transportSecurity),
      'Content-Type': 'text/plain; charset=utf-8',
    },
  })
}

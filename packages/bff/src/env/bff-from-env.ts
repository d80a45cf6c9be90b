/**
 * A BFF by the environment: `POLAR_CLIENT_ID` and the other names of `docs/configuration.md`. The hosts
 * of this repository start by it too.
 */
import { BASE_PATH } from '@polar-connect/protocol'
import { Hono } from 'hono/tiny'
import { joinBff, type Bff } from '../create-bff.ts'
import { BffError } from '../errors/bff-error.ts'
import type { OnEvent } from '../errors/events.ts'
import { logRefusals } from '../errors/log-refusals.ts'
import { createReport } from '../errors/report.ts'
import { toProblem } from '../errors/problem.ts'
import { toResponse } from '../http/answer.ts'
import { createGate } from '../http/gate.ts'
import type { BffOptions } from '../options.ts'
import { headerOf, type Incoming } from '../runtime/incoming.ts'
import { createKeyRing } from '../sealing/key-ring.ts'
import { ConfigError, createEnvReader, type EnvReader } from './env-reader.ts'
import { readEnvOptions } from './env-options.ts'

/** A BFF that reads the environment at its first request. */
export interface EnvBff extends Bff {
  /**
   * Reads the environment now. A server that can fail at its start calls it there.
   *
   * @throws {ConfigError} with every fault.
   */
  ready(): Promise<void>
}

type Joined = ReturnType<typeof joinBff>

/** Options beside those of the environment, or a function that makes them at the first request. */
export type MoreOptions =
  Partial<BffOptions> | ((read: EnvReader) => LateOptions | Promise<LateOptions>)

/**
 * An app mounts its routes before the first request, so it needs `basePath` at once. `checkOrigin`
 * needs `appOrigin`.
 */
type LateOptions = Partial<Omit<BffOptions, 'basePath' | 'appOrigin'>>

/**
 * A BFF by the names of `docs/configuration.md`. It reads nothing until its first request: Next runs
 * modules while it builds, when no setting is there. With faulty settings each request answers 500
 * `misconfigured`, and the log lists every fault.
 *
 * @param env by default `process.env`. On a Worker, its bindings.
 * @param more options of `createBff` that win over the environment. A function runs with the first
 *   request, and may read more variables. Their faults join the list. If it fails otherwise, it runs
 *   again with the next request.
 * @param source the file that `env` came from, if there is one: faults name it.
 * @example
 * const bff = bffFromEnv()
 * const app = new Hono()
 * app.route('/', bff)
 */
export function bffFromEnv(
  env: object = typeof process === 'undefined' ? {} : process.env,
  more: MoreOptions = {},
  source?: string,
): EnvBff {
  const early = typeof more === 'function' ? {} : more
  const basePath = early.basePath ?? BASE_PATH
  let opening: Promise<Joined> | undefined
  let opened: Joined | undefined
  let onEvent: OnEvent = logRefusals

  async function read(): Promise<Joined> {
    const reader = createEnvReader(env, source)
    const readMore = async () => (typeof more === 'function' ? more(reader) : more)
    const own: Partial<BffOptions> = await readMore().catch((cause: unknown) => {
      // A missing setting is why it failed.
      reader.end()
      // The next request may succeed, as after a timeout.
      opening = undefined
      throw cause
    })
    onEvent = own.onEvent ?? onEvent
    const { secrets, diagnostics, ...options } = readEnvOptions(reader, own)
    reader.end()
    if (own.onEvent === undefined && own.coordinator === undefined) warnOfInstances(reader)
    return joinBff({
      ...options,
      keys: own.keys ?? (await createKeyRing(secrets)),
      ...(diagnostics && !own.diagnostics && { diagnostics: await loadDiagnostics() }),
      onEvent,
      ...own,
    })
  }

  async function open(): Promise<Joined> {
    opened = await (opening ??= read())
    return opened
  }

  /** @throws {BffError} `misconfigured`, with a reference of its own each time. */
  async function openOrRefuse(): Promise<Joined> {
    try {
      return await open()
    } catch (cause) {
      if (!(cause instanceof ConfigError)) throw cause
      throw new BffError('misconfigured', cause.faults.join(' '), { cause })
    }
  }

  const { report, rethrow, answerToOwn } = createReport((event) => onEvent(event))
  const requireFor = (incoming: Incoming): Promise<Joined> =>
    openOrRefuse().catch((cause: unknown) => rethrow(cause, incoming, 'app'))

  /** The one answer that cannot wait for the keys. */
  function checkOrigin(incoming: Incoming): void {
    if (opened) return opened.checkOrigin(incoming)
    const appOrigin = early.appOrigin ?? createEnvReader(env).text('APP_ORIGIN')
    if (appOrigin === undefined) {
      // While Next prerenders a route, this throws its signal. That must not become an answer.
      headerOf(incoming, 'Origin')
      return rethrow(new BffError('misconfigured', 'APP_ORIGIN is missing.'), incoming, 'app')
    }
    createGate(appOrigin, rethrow)(incoming)
  }

  const app = new Hono()
  app.all(`${basePath}/*`, async (c) => (await openOrRefuse()).answer(c))
  app.onError((error, c) => {
    const place = { method: c.req.method, route: basePath }
    const { code, details, reference } = report(error, place)
    return toResponse(c, toProblem(code, details, reference))
  })
  return Object.assign(app, {
    ready: async () => void (await open()),
    prefix: basePath,
    gate: async (c, next) => (await requireFor(c)).gate(c, next),
    checkOrigin,
    connection: async (request) => (await requireFor(request)).connection(request),
    callPolar: async (request, ...rest) => (await requireFor(request)).callPolar(request, ...rest),
    answerCookies: (request) => opened?.answerCookies(request) ?? [],
    toResponse: (error, request) =>
      opened?.toResponse(error, request) ?? answerToOwn(error, request),
  } satisfies Omit<EnvBff, keyof Hono>)
}

/** Set by hosts that run several instances at once: Vercel, Lambda and Netlify, Cloud Run, Azure. */
const SEVERAL = [
  'VERCEL',
  'AWS_LAMBDA_FUNCTION_NAME',
  'K_SERVICE',
  'FUNCTIONS_WORKER_RUNTIME',
] as const

/** Says what only shows under load, or at the worst time. An app with an `onEvent` has its own log. */
function warnOfInstances(reader: EnvReader): void {
  const sign = SEVERAL.find((name) => reader.text(name) !== undefined)
  if (sign === undefined) return
  console.warn(
    `polar-connect: ${sign} is set, so several instances may run, and they share nothing. Two can refresh one session at once: then the connection can be lost. Give bffFromEnv a coordinator, for example createRedisCoordinator of @polar-connect/bff/drivers/redis.`,
  )
}

/** Loaded on demand: a tenth of the whole. */
async function loadDiagnostics(): Promise<NonNullable<BffOptions['diagnostics']>> {
  return (await import('../diagnostics/diagnostics.ts')).createDiagnostics
}

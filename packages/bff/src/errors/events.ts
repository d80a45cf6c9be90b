/**
 * Everything observable leaves by one typed hook. An event never holds a token, a code, a cookie, a
 * secret or an e-mail address, so an app may log all of it.
 */
import type { AuthorizationError, ProblemCode, SubjectType } from '@polar-connect/protocol'
import type { Operation } from './operations.ts'

/** What the log says of an error. */
export interface Failure {
  /** The page shows it too. */
  readonly reference: string
  readonly reason: string
  /** If code of the app failed: where it threw. */
  readonly stack?: string
}

/** What happened. `type` tells the kind. */
export type BffEvent =
  /** Once, at the start: which key seals, and which ones still open. */
  | {
      readonly type: 'created'
      readonly sealing_key: string
      readonly opening_keys: readonly string[]
    }
  | {
      readonly type: 'sign_in_started'
      /** The same in all events of one sign-in. */
      readonly sign_in: string
      readonly subject: SubjectType
      readonly scopes: number
    }
  | {
      readonly type: 'signed_in'
      readonly sign_in: string
      readonly connection: string
      readonly subject: SubjectType
      /** Scopes that were asked for and not granted. */
      readonly missing_scopes: readonly string[]
      readonly duration_ms: number
    }
  | {
      readonly type: 'refreshed'
      readonly connection: string
      readonly generation: number
      /** `joined` waited for another caller; `claimed` came after it was done. */
      readonly how: 'refreshed' | 'joined' | 'claimed'
      readonly duration_ms: number
    }
  | { readonly type: 'logged_out'; readonly connection: string; readonly revoked: boolean }
  /** `onDisconnected` of the app failed. The session has ended nevertheless. */
  | (Failure & { readonly type: 'hook_failed'; readonly connection: string })
  /** A cookie with our name that did not open: altered, foreign, or under a retired key. */
  | { readonly type: 'cookie_refused' }
  /** Polar's discovery document names another issuer than this release expects. Sign-ins go on. */
  | { readonly type: 'issuer_moved'; readonly expected: string; readonly announced: string }
  /**
   * Told once: the session was asked for at this host, not at the app's. A page was opened there, or a
   * proxy changes `Host` and sends no `X-Forwarded-Host`.
   */
  | { readonly type: 'other_address'; readonly expected: string; readonly actual: string }
  | {
      readonly type: 'upstream_failed'
      readonly operation: Operation
      readonly status?: number
      /** The `error` of RFC 6749 §5.2 if Polar sent one, or what broke. */
      readonly reason: string
      readonly duration_ms: number
    }
  | (Failure & {
      readonly type: 'refused'
      /** If it ended a sign-in of this browser. */
      readonly sign_in?: string
      readonly code: ProblemCode
      /** With `authorization_error`: the error that Polar named, if it is on the known list. */
      readonly authorization_error?: AuthorizationError | 'unknown'
      readonly status: number
      readonly method: string
      /** The route's path, without what the caller put into it. `app`: a route of the app's own. */
      readonly route: string
    })

/** Hears each event. */
export type OnEvent = (event: BffEvent) => void

/** Tokens, sealed values, the credentials of a URL, and e-mail addresses. */
const SECRETS =
  /polar_(?!ci_)[a-z_]{1,14}_[A-Za-z0-9]{8,}|eyJ[\w-]+\.[\w.-]+|(?<=:\/\/)[^\s/?#]*(?=@)|[\w.+-]+@[\w.-]+\.[a-z]{2,}/g

/** `text` without what looks like a token, a sealed value or an address. An error may quote anything. */
export function redact(text: string): string {
  return text.replace(SECRETS, '[redacted]')
}

/**
 * What broke, for the log: the code and the message of the innermost error that has one. Errors of a
 * network wrap each other, and only the first one says `ECONNREFUSED`.
 */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return redact(String(error))
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error.cause
  if (inner instanceof Error) return causeOf(inner)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return redact(error.message.includes(code) ? error.message : `${code}: ${error.message}`)
}

/** A line of a stack that names a place. */
const FRAME = /^ +at .+:\d+:\d+\)?$/

/** As many as V8 keeps by default. Frameworks keep more, and all of their own. */
const MOST_FRAMES = 10

/** An error may be its own cause. */
const MOST_CAUSES = 5

/**
 * Where `error` and its causes were thrown, for the log. Their messages are left out: they may quote
 * anything.
 *
 * @returns undefined if it is no error.
 */
export function stackOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > MOST_CAUSES) return undefined
  const { stack = '', message, name, cause } = error
  // The message comes first, and its lines may look like frames.
  const lines = stack.replace(message, '').split('\n')
  // S50: frames alone
  const frames = lines.filter((line) => FRAME.test(line)).slice(0, MOST_FRAMES)
  const inner = stackOf(cause, depth + 1)
  const whole = [depth > 0 ? `caused by ${name}` : [], frames, inner ?? []].flat()
  return redact(whole.join('\n'))
}

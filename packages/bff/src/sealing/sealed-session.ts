/**
 * The session: one connection with its tokens. The sealed cookie is the session, always; what the
 * browser may see of it is {@link toConnection}.
 */
import type { Connection, Subject } from '@polar-connect/protocol'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { KeyRing, Purpose } from './key-ring.ts'
import { packScopes, unpackScopes } from './scope-set.ts'
import { createSeal } from './seal.ts'

/** However often the tokens rotate, people sign in again after this long. */
export const SESSION_LIFETIME_SECONDS = 30 * 24 * 60 * 60

/** Browsers drop a cookie over 4,096 octets, so one that comes near is refused with a reason. */
const MAX_SEALED_LENGTH = 3500

/**
 * A token that ends sooner is refreshed first. A browser does so at a minute, under its lock: whoever
 * it holds back is not to be overtaken here, by an instance that may share nothing with the next.
 */
const MARGIN_SECONDS = 45

export interface Session {
  /** New at every sign-in: 22 base64url characters. */
  readonly id: string
  readonly accessToken: string
  /** Absent where the client may not refresh. */
  readonly refreshToken?: string
  /** Epoch seconds, as are the other moments. */
  readonly issuedAt: number
  readonly accessTokenExpiresAt: number
  readonly connectedAt: number
  /** The absolute end, which no refresh moves. */
  readonly expiresAt: number
  /** How often the tokens have rotated. */
  readonly generation: number
  /** Digest of the refresh token of the generation before: whoever holds this one was delivered. */
  readonly previous?: string
  /** Origin of the server that issued the tokens: they are sent to no other. */
  readonly server: string
  readonly subject: Subject
  readonly user: { readonly id: string; readonly email?: string; readonly name?: string }
  readonly scopes: readonly string[]
  readonly requestedScopes: readonly string[]
}

/** Short names, since every byte of it travels with every call. */
const schema = v.object({
  i: v.string(),
  a: v.string(),
  r: v.optional(v.string()),
  t: v.number(),
  x: v.number(),
  c: v.number(),
  g: v.number(),
  p: v.optional(v.string()),
  o: v.string(),
  s: v.object({
    t: v.picklist(['user', 'organization']),
    i: v.string(),
    n: v.optional(v.string()),
    g: v.optional(v.string()),
  }),
  u: v.object({ i: v.string(), e: v.optional(v.string()), n: v.optional(v.string()) }),
  k: v.string(),
  q: v.string(),
})

type Packed = v.InferOutput<typeof schema>

export type SessionSeal = ReturnType<typeof createSessionSeal>

/**
 * @param purpose tells the cookie's session from the copy that waits for a late caller.
 * @param holder a secret that is needed to open it, beside the ring.
 */
export function createSessionSeal(
  ring: KeyRing,
  purpose: Extract<Purpose, 'session' | 'successor'>,
  holder?: string,
) {
  const box = createSeal(ring, purpose, schema, holder)
  return {
    /** @throws {BffError} `session_too_large` when no browser would keep the result. */
    async seal(session: Session): Promise<string> {
      const sealed = await box.seal(pack(session), session.expiresAt)
      if (sealed.length > MAX_SEALED_LENGTH) {
        throw new BffError('session_too_large', `a sealed session of ${sealed.length} characters`)
      }
      return sealed
    },
    /** Undefined for whatever is not a session of ours; its end is for the caller to judge. */
    async open(sealed: string): Promise<Session | undefined> {
      const opened = await box.open(sealed)
      return opened && unpack(opened.value, opened.expiresAt)
    },
  }
}

/** Whether the access token has enough life left for a call, at `now` (epoch seconds). */
export function decideRefresh(
  session: Pick<Session, 'accessTokenExpiresAt'>,
  now: number,
): 'keep' | 'refresh' {
  return session.accessTokenExpiresAt - now < MARGIN_SECONDS ? 'refresh' : 'keep'
}

/** What the browser may know. */
export function toConnection(session: Session): Connection {
  return {
    id: session.id,
    subject: session.subject,
    // S49: no token in here
    user: session.user,
    scopes: inOrder(session.scopes),
    requested_scopes: inOrder(session.requestedScopes),
    connected_at: toIso(session.connectedAt),
    refreshed_at: toIso(session.issuedAt),
    access_token_expires_at: toIso(session.accessTokenExpiresAt),
    generation: session.generation,
  }
}

/** As a cookie would give them back, so that the first answer reads like all later ones. */
const inOrder = (scopes: readonly string[]) => unpackScopes(packScopes(scopes))

/** ISO 8601 in UTC of epoch seconds. */
export function toIso(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString()
}

function pack(session: Session): Packed {
  const { subject, user } = session
  return {
    i: session.id,
    a: session.accessToken,
    r: session.refreshToken,
    t: session.issuedAt,
    x: session.accessTokenExpiresAt,
    c: session.connectedAt,
    g: session.generation,
    p: session.previous,
    o: session.server,
    s: { t: subject.type, i: subject.id, n: subject.name, g: subject.slug },
    u: { i: user.id, e: user.email, n: user.name },
    k: packScopes(session.scopes),
    q: packScopes(session.requestedScopes),
  }
}

function unpack(packed: Packed, expiresAt: number): Session {
  return {
    id: packed.i,
    accessToken: packed.a,
    ...(packed.r !== undefined && { refreshToken: packed.r }),
    issuedAt: packed.t,
    accessTokenExpiresAt: packed.x,
    connectedAt: packed.c,
    expiresAt,
    generation: packed.g,
    ...(packed.p !== undefined && { previous: packed.p }),
    server: packed.o,
    subject: {
      type: packed.s.t,
      id: packed.s.i,
      ...(packed.s.n !== undefined && { name: packed.s.n }),
      ...(packed.s.g !== undefined && { slug: packed.s.g }),
    },
    user: {
      id: packed.u.i,
      ...(packed.u.e !== undefined && { email: packed.u.e }),
      ...(packed.u.n !== undefined && { name: packed.u.n }),
    },
    scopes: unpackScopes(packed.k),
    requestedScopes: unpackScopes(packed.q),
  }
}

/**
 * The session: one connection with its tokens. The sealed cookie is the session. What the browser may
 * see of it is {@link toConnection}.
 */
import type { Connection } from '@polar-connect/protocol'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { KeyRing, Purpose } from './key-ring.ts'
import { packScopes, packedScopes } from './scope-set.ts'
import { createSeal } from './seal.ts'

/** People connect again after this long, however often their tokens rotate. */
export const SESSION_LIFETIME_SECONDS = 30 * 24 * 60 * 60

/** Browsers drop a cookie over 4,096 octets. One that comes near is refused with a reason. */
const MAX_SEALED_LENGTH = 3500

/** Moments are epoch seconds. */
const members = v.object({
  /** New at each sign-in: 22 base64url characters. */
  id: v.string(),
  /** The host app's user whose connection it is, if the app names its users. */
  owner: v.exactOptional(v.string()),
  accessToken: v.string(),
  /** Absent if the client may not refresh. */
  refreshToken: v.exactOptional(v.string()),
  issuedAt: v.number(),
  accessTokenExpiresAt: v.number(),
  connectedAt: v.number(),
  /** How often the tokens have rotated. */
  generation: v.number(),
  /** Rotation id of the generation before: a request with this session proves its delivery. */
  previous: v.exactOptional(v.string()),
  /** Origin of the server that issued the tokens. No other gets them. */
  server: v.string(),
  subject: v.object({
    type: v.picklist(['user', 'organization']),
    id: v.string(),
    name: v.exactOptional(v.string()),
    slug: v.exactOptional(v.string()),
  }),
  user: v.object({
    id: v.string(),
    email: v.exactOptional(v.string()),
    name: v.exactOptional(v.string()),
  }),
  scopes: packedScopes,
  requestedScopes: packedScopes,
})

/**
 * A session is sealed as the list of its values in this order: their names would travel with each call.
 * A new member comes last.
 */
const NAMES = Object.keys(members.entries)

const schema = v.pipe(
  v.array(v.unknown()),
  v.transform((values) => {
    const pairs = NAMES.map((name, index) => [name, values[index] ?? undefined] as const)
    return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
  }),
  members,
)

/** One connection with its tokens. */
export type Session = Readonly<v.InferOutput<typeof members>> & {
  /** The absolute end, which no refresh moves. */
  readonly expiresAt: number
}

/**
 * @param purpose tells the cookie's session from the copy that waits for a late caller.
 * @param holder a secret that opening needs too, beside the ring.
 */
export function createSessionSeal(
  ring: KeyRing,
  purpose: Extract<Purpose, 'session' | 'successor'>,
  holder?: string,
) {
  const box = createSeal(ring, purpose, schema, holder)
  return {
    /** @throws {BffError} `session_too_large` if no browser would keep the result. */
    async seal({ expiresAt, scopes, requestedScopes, ...session }: Session): Promise<string> {
      const packed: Record<string, unknown> = {
        ...session,
        scopes: packScopes(scopes),
        requestedScopes: packScopes(requestedScopes),
      }
      const sealed = await box.seal(
        NAMES.map((name) => packed[name]),
        expiresAt,
      )
      if (sealed.length > MAX_SEALED_LENGTH) {
        throw new BffError('session_too_large', `a sealed session of ${sealed.length} characters`)
      }
      return sealed
    },
    /** Undefined for anything that is not a session of ours. The caller judges its end. */
    async open(sealed: string): Promise<Session | undefined> {
      const opened = await box.open(sealed)
      return opened && { ...opened.value, expiresAt: opened.expiresAt }
    },
  }
}

/** What the browser may know. */
export function toConnection(session: Session): Connection {
  return {
    id: session.id,
    subject: session.subject,
    // S49: no token in here
    user: session.user,
    scopes: session.scopes,
    requested_scopes: session.requestedScopes,
    connected_at: toIso(session.connectedAt),
    refreshed_at: toIso(session.issuedAt),
    access_token_expires_at: toIso(session.accessTokenExpiresAt),
    generation: session.generation,
  }
}

/** ISO 8601 in UTC of epoch seconds. */
export function toIso(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString()
}

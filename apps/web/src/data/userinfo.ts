/** Polar's userinfo. The scopes and the server's version decide which members are there. */
import { ConnectError, toApiError, type Connect } from '@polar-connect/browser'
import { pathOf } from '@polar-connect/protocol'

export interface Userinfo {
  /** The person; with an older organization token, the organization. */
  readonly sub: string
  readonly name?: string
  readonly email?: string
  readonly emailVerified?: boolean
}

/** @throws {ConnectError} what the BFF or Polar refused; `bad_response` if there is no `sub`. */
export async function fetchUserinfo(
  { fetch, basePath }: Pick<Connect, 'fetch' | 'basePath'>,
  signal: AbortSignal,
): Promise<Userinfo> {
  const response = await fetch(pathOf('userinfo', basePath), { signal })
  if (!response.ok) throw await toApiError(response)
  return parseUserinfo(await response.json().catch(() => undefined))
}

/** @throws {ConnectError} `bad_response` */
export function parseUserinfo(value: unknown): Userinfo {
  const { sub, name, email, email_verified: verified } = (value ?? {}) as Record<string, unknown>
  if (typeof sub !== 'string') throw new ConnectError('bad_response')
  return {
    sub,
    ...(typeof name === 'string' && name !== '' && { name }),
    ...(typeof email === 'string' && email !== '' && { email }),
    ...(typeof verified === 'boolean' && { emailVerified: verified }),
  }
}

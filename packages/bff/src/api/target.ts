/** The path below `/bff/api` as it was sent. A normalised path hides dot segments and escapes. */
import { pathOf } from '@polar-connect/protocol'
import type { Context } from 'hono'
import { BffError } from '../errors/bff-error.ts'
import type { Settings } from '../settings/settings.ts'

const QUERY_LIMIT = 4096

/**
 * Path and query of `c` below Polar's API origin.
 *
 * @throws {BffError} `not_found` for a path, `invalid_request` for a query that is not plain.
 */
export function targetOf(c: Context, { rawTarget, basePath }: Settings) {
  const target = rawTarget(c) ?? c.req.url.slice(new URL(c.req.url).origin.length)
  const [path = '', ...rest] = target.split('?')
  const query = rest.join('?')
  const api = pathOf('api', basePath)
  // The rest is matched to the letter, so an escape, a dot segment or a `;` fits no template.
  if (!path.startsWith(`${api}/`)) throw new BffError('not_found', 'not a path of the API')
  // S32: no query longer than the limit
  if (query.length > QUERY_LIMIT || !/^[!$-;=?-Z[\]_a-z~^|{}`"]*$/.test(query)) {
    throw new BffError(
      'invalid_request',
      'a query that is too long, or has other characters than those of a query',
    )
  }
  return { path: path.slice(api.length), query }
}

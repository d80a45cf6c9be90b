/** Reads what a caller sends: limited by the bytes that really come, and parsed to a strict form. */
import type { Context } from 'hono'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import { bounded } from '../runtime/bounded-body.ts'

/** Enough for each call of the contract. */
const JSON_LIMIT_BYTES = 8 * 1024

/**
 * The whole body of `request`: Polar refuses one without a length.
 *
 * @throws {BffError} `payload_too_large` past `limitBytes`, counted as they come;
 *   `unsupported_media_type` if it is compressed.
 */
export async function readBody(
  request: Request,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = request.headers.get('Content-Encoding')
  // S58: no compressed body
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw new BffError('unsupported_media_type', 'a compressed body')
  }
  if (Number(request.headers.get('Content-Length')) > limitBytes) throw tooLarge(limitBytes)
  // S58: count the bytes, trust no length
  const body = bounded(request.body, limitBytes, () => tooLarge(limitBytes))
  return new Uint8Array(await new Response(body).arrayBuffer())
}

/**
 * A JSON body in the form of `schema`. No body at all reads as `{}`.
 *
 * @throws {BffError} `unsupported_media_type`, `payload_too_large`, or `invalid_request` if it is not
 *   JSON of that form: an unknown member is refused, not dropped.
 */
export async function readJson<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const body = await readBody(c.req.raw, JSON_LIMIT_BYTES)
  const [type] = c.req.header('Content-Type')?.split(';') ?? []
  // S62: JSON says that it is JSON
  if (body.length > 0 && type?.trim().toLowerCase() !== 'application/json') {
    throw new BffError('unsupported_media_type', 'a body that is not JSON')
  }
  const parsed = v.safeParse(schema, body.length > 0 ? parseJson(body) : {})
  if (!parsed.success) {
    const where = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'body').join(', ')
    throw new BffError('invalid_request', `an unexpected form: ${where}`)
  }
  return parsed.output
}

/** The body of `POST /bff/refresh` and `POST /bff/logout`. */
export const emptySchema: v.GenericSchema<Record<string, never>> = v.strictObject({})

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    throw new BffError('invalid_request', 'a body that is not JSON', { cause })
  }
}

function tooLarge(limitBytes: number): BffError {
  return new BffError('payload_too_large', `a body of more than ${limitBytes} bytes`)
}

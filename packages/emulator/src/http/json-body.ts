/** Reads request bodies as FastAPI does: JSON if the content type says so, otherwise text. */
import type { Context } from 'hono'
import { invalid } from './respond.ts'

const JSON_TYPE = /^application\/([^;]+\+)?json\s*(;|$)/i

/**
 * The parsed JSON, or the text of another content type. Undefined for an empty body.
 *
 * @throws ApiRefusal 422 for invalid JSON. Polar checks this first.
 */
export async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text()
  if (text === '') return undefined
  const type = c.req.header('Content-Type')
  if (type !== undefined && !JSON_TYPE.test(type)) return text
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw invalid([
      {
        type: 'json_invalid',
        loc: ['body', positionOf(cause.message, text)],
        msg: 'JSON decode error',
        input: {},
        ctx: { error: 'Expecting value' },
      },
    ])
  }
}

/** The position of the JSON error. V8's message has a number, the character, or neither at the end. */
function positionOf(message: string, text: string): number {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  const token = /token '(.+?)'/.exec(message)?.[1]
  return token === undefined ? text.length : text.lastIndexOf(token)
}

/** Request bodies as FastAPI reads them: JSON by its content type, and anything else as text. */
import type { Context } from 'hono'
import { invalid } from '../api/respond.ts'

const JSON_TYPE = /^application\/([^;]+\+)?json\s*(;|$)/i

/**
 * The parsed body; the text of a body of another type; undefined for an empty one.
 *
 * @throws ApiRefusal 422 for what is no JSON, before anything else is looked at.
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

/** Where JSON ends being JSON. V8 tells it by a number, by the character, or as the end. */
function positionOf(message: string, text: string): number {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  const token = /token '(.+?)'/.exec(message)?.[1]
  return token === undefined ? text.length : text.lastIndexOf(token)
}

/** Reads the body and the query of a control call. */
import type { Context } from 'hono'
import * as v from 'valibot'

/** The parsed body, or a 422 response that lists what is wrong. */
export async function readBody<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema> | Response> {
  const body: unknown = await c.req.json().catch(() => undefined)
  const parsed = v.safeParse(schema, body)
  return parsed.success ? parsed.output : refuse(c, 'body', parsed.issues, 422)
}

/** The parsed query, or a 400 response that lists what is wrong. */
export function readQuery<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): v.InferOutput<Schema> | Response {
  const parsed = v.safeParse(schema, c.req.query())
  return parsed.success ? parsed.output : refuse(c, 'query', parsed.issues, 400)
}

function refuse(
  c: Context,
  part: 'body' | 'query',
  found: readonly v.BaseIssue<unknown>[],
  status: 400 | 422,
): Response {
  const issues = found.map((issue) => ({ member: v.getDotPath(issue), message: issue.message }))
  return c.json({ error: `The ${part} is not valid`, issues }, status)
}

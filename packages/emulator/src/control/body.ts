/** Reads the body of a control call. */
import type { Context } from 'hono'
import * as v from 'valibot'

/** The parsed body, or a 422 response that lists what is wrong. */
export async function readBody<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema> | Response> {
  const body: unknown = await c.req.json().catch(() => undefined)
  const parsed = v.safeParse(schema, body)
  if (parsed.success) return parsed.output
  const issues = parsed.issues.map((issue) => ({
    member: v.getDotPath(issue),
    message: issue.message,
  }))
  return c.json({ error: 'The body is not valid', issues }, 422)
}

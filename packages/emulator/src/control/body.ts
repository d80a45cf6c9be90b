/** Reads what a control call was sent. */
import type { Context } from 'hono'
import * as v from 'valibot'

/** The body in the form of `schema`, or the refusal that says what is wrong with it. */
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
  return c.json({ error: 'Not of the agreed form', issues }, 422)
}

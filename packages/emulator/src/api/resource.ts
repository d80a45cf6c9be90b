/** One kind of object of the API as a table: who may read and change it, and how. */
import type { Context, Hono } from 'hono'
import * as v from 'valibot'
import { toTimestamp, type Clock } from '../world/clock.ts'
import type { ApiObject, Caller, Dataset } from '../objects/dataset.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import { requireManage, requireScope, visible, type Area } from './access.ts'
import { listPage, type ListRules } from './list.ts'
import { uuidForm } from './query-form.ts'
import { invalid, notFound, type ValidationIssue } from './respond.ts'

export interface ApiOptions {
  readonly dataset: () => Dataset
  readonly clock: Clock
  /** Where the pages of checkouts live. */
  readonly origin: () => string
}

export interface WriteContext {
  readonly dataset: Dataset
  readonly caller: Caller
  /** Epoch seconds. */
  readonly now: number
  readonly origin: string
}

export interface Write<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly scope: string
  readonly area: Area
  readonly body: Schema
}

export interface Resource {
  /** As in the path: `checkout-links`. */
  readonly name: string
  /** Any one of them is enough. */
  readonly reads: readonly string[]
  readonly items: (dataset: Dataset, caller: Caller) => readonly ApiObject[]
  readonly rules: ListRules
  /** Another path below the resource's, by a member that the shop gives: `external`. */
  readonly alsoBy?: { readonly path: string; readonly member: string }
  /** The answered form, where what is kept only refers to other objects. */
  readonly present?: (item: ApiObject, dataset: Dataset, origin: string) => ApiObject
}

/** Returns what to change; the object is left as it was where it throws. */
export type Change<Schema extends v.GenericSchema> = (
  item: ApiObject,
  body: v.InferOutput<Schema>,
  context: WriteContext,
) => Readonly<Record<string, unknown>>

export interface Changes {
  /** What else there is to read of one object, at a path below its own. */
  view(
    path: string,
    run: (item: ApiObject, dataset: Dataset) => Readonly<Record<string, unknown>>,
  ): Changes
  create<Schema extends v.GenericSchema>(
    write: Write<Schema>,
    run: (body: v.InferOutput<Schema>, context: WriteContext) => ApiObject,
  ): Changes
  update<Schema extends v.GenericSchema>(write: Write<Schema>, run: Change<Schema>): Changes
  /** A change with a path of its own below the object's. */
  action<Schema extends v.GenericSchema>(
    path: string,
    write: Write<Schema>,
    run: Change<Schema>,
  ): Changes
  remove(
    write: Pick<Write, 'scope' | 'area'>,
    run: (item: ApiObject, context: WriteContext) => ApiObject | undefined,
  ): Changes
}

/** Lists and single objects of `resource`, and a way to add what changes them. */
export function mountResource(
  app: Hono<EmulatorEnv>,
  polar: ApiOptions,
  resource: Resource,
): Changes {
  const { name, reads, rules } = resource
  const list = `/v1/${name}/`
  const byId = { path: `/v1/${name}/:id`, find: findOne }
  const { alsoBy } = resource
  const places: readonly Place[] =
    alsoBy === undefined
      ? [byId]
      : [{ path: `/v1/${name}/${alsoBy.path}/:key`, find: finderBy(alsoBy.member) }, byId]
  const present = (item: ApiObject) =>
    resource.present?.(item, polar.dataset(), polar.origin()) ?? item
  const own = (caller: Caller) => resource.items(polar.dataset(), caller)
  const contextOf = (caller: Caller): WriteContext => ({
    dataset: polar.dataset(),
    caller,
    now: polar.clock.now(),
    origin: polar.origin(),
  })

  app.get(list, (c) => {
    const caller = requireScope(c, reads)
    const page = listPage(new URL(c.req.url).searchParams, own(caller), rules)
    return c.json({ ...page, items: page.items.map(present) })
  })
  for (const { path, find } of places) {
    app.get(path, (c) => c.json(present(find(c, own(requireScope(c, reads))))))
  }

  const changing =
    <Schema extends v.GenericSchema>(
      find: Place['find'],
      write: Write<Schema>,
      run: Change<Schema>,
    ) =>
    async (c: Context<EmulatorEnv>) => {
      const read = await readBody(c)
      const context = contextOf(requireScope(c, [write.scope]))
      const body = parseBody(write.body, read)
      const item = find(c, own(context.caller))
      requireManage(context.dataset, context.caller, organizationOf(item), write.area)
      const changed = run(item, body, context)
      Object.assign(item, changed, { modified_at: toTimestamp(context.now) })
      return c.json(present(item))
    }

  const changes: Changes = {
    view(below, run) {
      for (const { path, find } of places) {
        app.get(`${path}/${below}`, (c) =>
          c.json(run(find(c, own(requireScope(c, reads))), polar.dataset())),
        )
      }
      return changes
    },
    create(write, run) {
      app.post(list, async (c) => {
        const read = await readBody(c)
        const context = contextOf(requireScope(c, [write.scope]))
        const created = run(parseBody(write.body, read), context)
        return c.json(present(created), 201)
      })
      return changes
    },
    update(write, run) {
      for (const { path, find } of places) app.patch(path, changing(find, write, run))
      return changes
    },
    action(below, write, run) {
      for (const { path, find } of places) app.post(`${path}/${below}`, changing(find, write, run))
      return changes
    },
    remove(write, run) {
      for (const { path, find } of places) {
        app.delete(path, (c) => {
          const context = contextOf(requireScope(c, [write.scope]))
          const item = find(c, own(context.caller))
          requireManage(context.dataset, context.caller, organizationOf(item), write.area)
          const left = run(item, context)
          return left === undefined ? c.body(null, 204) : c.json(present(left))
        })
      }
      return changes
    },
  }
  return changes
}

/** The objects of the caller's organizations. */
export const ofOrganizations =
  (member: Exclude<keyof Dataset, 'people' | 'memberships' | 'organizations'>) =>
  (dataset: Dataset, caller: Caller): readonly ApiObject[] =>
    visible(dataset, caller, dataset[member])

export function organizationOf(item: ApiObject): string {
  return String(item['organization_id'])
}

/** What a shop notes with an object, for itself. */
export const metadata = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))

/** An address to send a browser to: nothing but http and https. */
export const webAddress = v.pipe(v.string(), v.url(), v.regex(/^https?:/i))

/** What the body names, without what it leaves out: null is a value, absence is none. */
export function given(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}

interface Place {
  readonly path: string
  readonly find: (c: Context<EmulatorEnv>, items: readonly ApiObject[]) => ApiObject
}

function finderBy(member: string): Place['find'] {
  return (c, items) => {
    const item = items.find((entry) => entry[member] === c.req.param('key'))
    if (item === undefined) throw notFound()
    return item
  }
}

export function findOne(c: Context<EmulatorEnv>, items: readonly ApiObject[]): ApiObject {
  const id = c.req.param('id') ?? ''
  const issue = uuidForm(id)
  if (issue !== undefined) throw invalid([{ ...issue, loc: ['path', 'id'], input: id }])
  const item = items.find((entry) => entry.id === id.toLowerCase())
  if (item === undefined) throw notFound()
  return item
}

/** A body that is no JSON is refused before anything else is looked at. */
async function readBody(c: Context): Promise<unknown> {
  const text = await c.req.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw invalid([{ type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error', input: {} }])
  }
}

function parseBody<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, body)
  if (!parsed.success) throw invalid(parsed.issues.map(toIssue))
  return parsed.output
}

function toIssue(issue: v.BaseIssue<unknown>): ValidationIssue {
  const path = issue.path?.map(({ key }) => key as string | number) ?? []
  const missing = issue.input === undefined
  return {
    type: missing
      ? 'missing'
      : issue.expected === 'never'
        ? 'extra_forbidden'
        : `${issue.expected ?? issue.type}_type`.toLowerCase(),
    loc: ['body', ...path],
    msg: missing ? 'Field required' : issue.message,
    input: issue.input ?? null,
  }
}

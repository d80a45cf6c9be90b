/** One kind of object of the API as a table: who may read and change it, and how. */
import type { Context } from 'hono'
import * as v from 'valibot'
import { toTimestamp, type Clock } from '../world/clock.ts'
import type { ApiObject, Caller, Dataset } from '../objects/dataset.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import type { Settings } from '../world/world.ts'
import { requireManage, requireScope, visible, type Area } from './access.ts'
import type { Body } from './bodies.ts'
import { withoutMembers } from './contract.ts'
import { readJson } from '../http/json-body.ts'
import { EVERYBODY, exampleShop } from './examples.ts'
import { listPage, listParameters, type ListRules } from './list.ts'
import type { Operations } from './operations.ts'
import { uuidForm } from './parameters.ts'
import { ApiRefusal, invalid, notFound } from './respond.ts'

export interface ApiOptions {
  readonly dataset: () => Dataset
  readonly clock: Clock
  /** Where the pages of checkouts live. */
  readonly origin: () => string
  readonly settings: () => Pick<Settings, 'removed_members'>
  /** Accepted ones, the default one first. */
  readonly versions: () => readonly string[]
}

export interface WriteContext {
  readonly dataset: Dataset
  readonly caller: Caller
  /** Epoch seconds. */
  readonly now: number
  readonly origin: string
}

export interface Write<Input = unknown> {
  readonly scope: string
  readonly area: Area
  readonly body: Body<Input>
}

export interface Resource {
  /** As in the path: `checkout-links`. */
  readonly name: string
  /** The component of the contract: `CheckoutLink`. */
  readonly component: string
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
export type Change<Input> = (
  item: ApiObject,
  body: Input,
  context: WriteContext,
) => Readonly<Record<string, unknown>>

export interface Changes {
  /** What else there is to read of one object, at a path below its own. */
  view(
    path: string,
    component: string,
    run: (item: ApiObject, dataset: Dataset) => Readonly<Record<string, unknown>>,
  ): Changes
  create<Input>(
    write: Write<Input>,
    run: (body: Input, context: WriteContext) => ApiObject,
  ): Changes
  update<Input>(write: Write<Input>, run: Change<Input>): Changes
  /** A change with a path of its own below the object's. */
  action<Input>(path: string, write: Write<Input>, run: Change<Input>): Changes
  remove(
    write: Pick<Write, 'scope' | 'area'>,
    run: (item: ApiObject, context: WriteContext) => ApiObject | undefined,
  ): Changes
}

/** The list of `resource` alone. */
export function mountList(api: Operations, polar: ApiOptions, resource: Resource): void {
  const { name, component, reads: scopes, rules, items } = resource
  const present = presenter(polar, resource)
  const path = `/v1/${name}/`
  const query = listParameters(rules)
  api.describe(component, () => {
    const shop = exampleShop()
    return items(shop, EVERYBODY).map(
      (item) => resource.present?.(item, shop, polar.origin()) ?? item,
    )
  })
  api.on({ method: 'GET', path, scopes, query, answer: component, isList: true }, (c) => {
    const own = items(polar.dataset(), requireScope(c, scopes))
    const page = listPage(new URL(c.req.url).searchParams, own, rules)
    return c.json({ ...page, items: page.items.map(present) })
  })
}

/** How an object is answered now, without the members that drift took away. */
function presenter({ dataset, origin, settings }: ApiOptions, { component, present }: Resource) {
  return (item: ApiObject) =>
    withoutMembers(
      present?.(item, dataset(), origin()) ?? item,
      component,
      settings().removed_members,
    )
}

/** Lists and single objects of `resource`, and a way to add what changes them. */
export function mountResource(api: Operations, polar: ApiOptions, resource: Resource): Changes {
  const { name, component, reads: scopes, alsoBy } = resource
  const list = `/v1/${name}/`
  const byId = { path: `/v1/${name}/:id`, find: findOne }
  const places: readonly Place[] =
    alsoBy === undefined
      ? [byId]
      : [
          { path: `/v1/${name}/${alsoBy.path}/:${alsoBy.member}`, find: finderBy(alsoBy.member) },
          byId,
        ]
  const present = presenter(polar, resource)
  const own = (caller: Caller) => resource.items(polar.dataset(), caller)
  const contextOf = (caller: Caller): WriteContext => ({
    dataset: polar.dataset(),
    caller,
    now: polar.clock.now(),
    origin: polar.origin(),
  })

  mountList(api, polar, resource)
  for (const { path, find } of places) {
    api.on({ method: 'GET', path, scopes, answer: component }, (c) =>
      c.json(present(find(c, own(requireScope(c, scopes))))),
    )
  }

  const changing =
    <Input>(find: Place['find'], write: Write<Input>, run: Change<Input>) =>
    async (c: Context<EmulatorEnv>) => {
      const read = await readJson(c)
      const context = contextOf(requireScope(c, [write.scope]))
      const body = write.body.parse(read)
      const item = find(c, own(context.caller))
      requireManage(context.dataset, context.caller, organizationOf(item), write.area)
      const changed = run(item, body, context)
      Object.assign(item, changed, { modified_at: toTimestamp(context.now) })
      return c.json(present(item))
    }

  const changes: Changes = {
    view(below, shape, run) {
      api.describe(shape, () => {
        const shop = exampleShop()
        return resource.items(shop, EVERYBODY).flatMap((item) => viewOf(run, item, shop))
      })
      for (const place of places) {
        const path = `${place.path}/${below}`
        api.on({ method: 'GET', path, scopes, answer: shape }, (c) => {
          const view = run(place.find(c, own(requireScope(c, scopes))), polar.dataset())
          return c.json(withoutMembers(view, shape, polar.settings().removed_members))
        })
      }
      return changes
    },
    create(write, run) {
      const operation = { method: 'POST', path: list, answer: component, status: 201 } as const
      api.on({ ...operation, scopes: [write.scope], takesBody: true }, async (c) => {
        const read = await readJson(c)
        const context = contextOf(requireScope(c, [write.scope]))
        const created = run(write.body.parse(read), context)
        return c.json(present(created), 201)
      })
      return changes
    },
    update(write, run) {
      for (const { path, find } of places) {
        api.on(
          { method: 'PATCH', path, scopes: [write.scope], takesBody: true, answer: component },
          changing(find, write, run),
        )
      }
      return changes
    },
    action(below, write, run) {
      for (const { path: base, find } of places) {
        const path = `${base}/${below}`
        api.on(
          { method: 'POST', path, scopes: [write.scope], takesBody: true, answer: component },
          changing(find, write, run),
        )
      }
      return changes
    },
    remove(write, run) {
      for (const { path, find } of places) {
        api.on({ method: 'DELETE', path, scopes: [write.scope], status: 204 }, (c) => {
          const context = contextOf(requireScope(c, [write.scope]))
          const item = find(c, own(context.caller))
          requireManage(context.dataset, context.caller, organizationOf(item), write.area)
          const left = run(item, context)
          if (left !== undefined) return c.json(present(left))
          return c.body(null, 204, { 'Content-Type': 'application/json' })
        })
      }
      return changes
    },
  }
  return changes
}

/** Nothing where the object has none. */
function viewOf(
  run: (item: ApiObject, dataset: Dataset) => object,
  item: ApiObject,
  dataset: Dataset,
): readonly object[] {
  try {
    return [run(item, dataset)]
  } catch (cause) {
    if (!(cause instanceof ApiRefusal)) throw cause
    return []
  }
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
    const item = items.find((entry) => entry[member] === c.req.param(member))
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

/** Declares a resource of the API: who may read and change it, and how. */
import type { Context } from 'hono'
import { toTimestamp, type Clock } from '../runtime/clock.ts'
import type { Caller, Dataset } from '../objects/dataset.ts'
import type { ApiObject, Owned } from '../objects/models.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import type { Settings } from '../world/records.ts'
import { requireManage, requireScope, visible, type Area } from './access.ts'
import type { Body } from '../http/bodies.ts'
import { withoutMembers } from './contract.ts'
import { readJson } from '../http/json-body.ts'
import { EVERYBODY, exampleShop } from './examples.ts'
import { listPage, listParameters, type ListRules } from './list.ts'
import type { Operations } from './operations.ts'
import { uuidForm } from '../http/parameters.ts'
import { ApiRefusal, invalid, notFound } from '../http/respond.ts'

export interface ApiOptions {
  readonly dataset: () => Dataset
  readonly clock: Clock
  /** The origin of checkout pages. */
  readonly origin: () => string
  readonly settings: () => Pick<Settings, 'removed_members'>
  /** Accepted versions, the default first. */
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

export interface Resource<Item extends ApiObject, Answer extends object = Item> {
  /** The name in the path: `checkout-links`. */
  readonly name: string
  /** The component of the contract: `CheckoutLink`. */
  readonly component: string
  /** One of them is enough. */
  readonly reads: readonly string[]
  readonly items: (dataset: Dataset, caller: Caller) => readonly Item[]
  readonly rules: ListRules<Item>
  /** Another path to an object, by a member that the merchant sets: `external`. */
  readonly alsoBy?: {
    readonly path: string
    readonly member: string
    readonly of: (item: Item) => string | null
  }
  /** Adds the related objects that the stored object only refers to. */
  readonly present: (item: Item, dataset: Dataset, origin: string) => Answer
  /** Adds members that Polar no longer documents but still sends. */
  readonly addDeprecated?: (answer: Answer, dataset: Dataset) => object
}

/** Returns the members to change. If it throws, nothing changes. */
export type Change<Item, Input> = (item: Item, body: Input, context: WriteContext) => Partial<Item>

export interface Changes<Item> {
  /** Adds a read-only path below the object's path. */
  view<View extends object>(
    path: string,
    component: string,
    run: (item: Item, dataset: Dataset) => View,
    addDeprecated?: (view: View, dataset: Dataset) => object,
  ): Changes<Item>
  create<Input>(
    write: Write<Input>,
    run: (body: Input, context: WriteContext) => Item,
  ): Changes<Item>
  update<Input>(write: Write<Input>, run: Change<Item, Input>): Changes<Item>
  /** Adds a change with its own path below the object's path. */
  action<Input>(path: string, write: Write<Input>, run: Change<Item, Input>): Changes<Item>
  remove(
    write: Pick<Write, 'scope' | 'area'>,
    run: (item: Item, context: WriteContext) => Item | undefined,
  ): Changes<Item>
}

/** Adds only the list of `resource`. */
export function mountList<Item extends ApiObject, Answer extends object = Item>(
  api: Operations,
  polar: ApiOptions,
  resource: Resource<Item, Answer>,
): void {
  const { name, component, reads: scopes, rules, items } = resource
  const present = presenter(polar, resource)
  const path = `/v1/${name}/`
  const query = listParameters(rules)
  api.describe(component, () => {
    const shop = exampleShop()
    return items(shop, EVERYBODY).map((item) => resource.present(item, shop, polar.origin()))
  })
  api.on({ method: 'GET', path, scopes, query, answer: component, isList: true }, (c) => {
    const own = items(polar.dataset(), requireScope(c, scopes))
    const page = listPage(new URL(c.req.url).searchParams, own, rules)
    return c.json({ ...page, items: page.items.map(present) })
  })
}

/** Adds the list of `resource` and single objects. */
export function mountReadable<Item extends ApiObject, Answer extends object = Item>(
  api: Operations,
  polar: ApiOptions,
  resource: Resource<Item, Answer>,
): void {
  const { component, reads: scopes } = resource
  const present = presenter(polar, resource)
  mountList(api, polar, resource)
  for (const { path, find } of placesOf(resource)) {
    api.on({ method: 'GET', path, scopes, answer: component }, (c) => {
      const caller = requireScope(c, scopes)
      return c.json(present(find(c, resource.items(polar.dataset(), caller))))
    })
  }
}

/** Turns a stored object into an answer, without the members of `removed_members`. */
function presenter<Item extends ApiObject, Answer extends object>(
  { dataset, origin, settings }: ApiOptions,
  { component, present, addDeprecated }: Resource<Item, Answer>,
): (item: Item) => object {
  return (item) => {
    const answer = present(item, dataset(), origin())
    const whole: object = addDeprecated?.(answer, dataset()) ?? answer
    return withoutMembers(whole, component, settings().removed_members)
  }
}

/** Adds the reads of `resource`. The result adds changes. */
export function mountResource<Item extends Owned, Answer extends object = Item>(
  api: Operations,
  polar: ApiOptions,
  resource: Resource<Item, Answer>,
): Changes<Item> {
  const { name, component, reads: scopes } = resource
  const list = `/v1/${name}/`
  const places = placesOf(resource)
  const present = presenter(polar, resource)
  const own = (caller: Caller) => resource.items(polar.dataset(), caller)
  const contextOf = (caller: Caller): WriteContext => ({
    dataset: polar.dataset(),
    caller,
    now: polar.clock.now(),
    origin: polar.origin(),
  })

  mountReadable(api, polar, resource)

  const changing =
    <Input>(find: Place<Item>['find'], write: Write<Input>, run: Change<Item, Input>) =>
    async (c: Context<EmulatorEnv>) => {
      const read = await readJson(c)
      const context = contextOf(requireScope(c, [write.scope]))
      const body = write.body.parse(read)
      const item = find(c, own(context.caller))
      requireManage(context.dataset, context.caller, item.organization_id, write.area)
      const changed = run(item, body, context)
      Object.assign(item, changed, { modified_at: toTimestamp(context.now) })
      return c.json(present(item))
    }

  const changes: Changes<Item> = {
    view(below, shape, run, addDeprecated) {
      api.describe(shape, () => {
        const shop = exampleShop()
        return resource.items(shop, EVERYBODY).flatMap((item) => viewOf(run, item, shop))
      })
      for (const place of places) {
        const path = `${place.path}/${below}`
        api.on({ method: 'GET', path, scopes, answer: shape }, (c) => {
          const dataset = polar.dataset()
          const view = run(place.find(c, own(requireScope(c, scopes))), dataset)
          const whole: object = addDeprecated?.(view, dataset) ?? view
          return c.json(withoutMembers(whole, shape, polar.settings().removed_members))
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
          requireManage(context.dataset, context.caller, item.organization_id, write.area)
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

/** Empty if the object has no such view. */
function viewOf<Item>(
  run: (item: Item, dataset: Dataset) => object,
  item: Item,
  dataset: Dataset,
): readonly object[] {
  try {
    return [run(item, dataset)]
  } catch (cause) {
    if (!(cause instanceof ApiRefusal)) throw cause
    return []
  }
}

type OwnedName = Exclude<keyof Dataset, 'people' | 'memberships' | 'organizations'>

/** The objects of the caller's organizations. */
export const ofOrganizations =
  <Name extends OwnedName>(name: Name) =>
  (dataset: Dataset, caller: Caller): readonly Dataset[Name][number][] =>
    visible<Dataset[Name][number]>(dataset, caller, dataset[name])

/** The members that the body has. Null is a value; undefined is not. */
export function given<Body extends object>(
  body: Body,
): { [Name in keyof Body]?: Exclude<Body[Name], undefined> } {
  const entries = Object.entries(body).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Name in keyof Body]?: Exclude<Body[Name], undefined> }
}

interface Place<Item> {
  readonly path: string
  readonly find: (c: Context<EmulatorEnv>, items: readonly Item[]) => Item
}

function placesOf<Item extends ApiObject>({
  name,
  alsoBy,
}: Pick<Resource<Item, object>, 'name' | 'alsoBy'>): readonly Place<Item>[] {
  const byId: Place<Item> = { path: `/v1/${name}/:id`, find: findOne }
  if (alsoBy === undefined) return [byId]
  const { path, member, of } = alsoBy
  return [
    {
      path: `/v1/${name}/${path}/:${member}`,
      find(c, items) {
        const item = items.find((entry) => of(entry) === c.req.param(member))
        if (item === undefined) throw notFound()
        return item
      },
    },
    byId,
  ]
}

export function findOne<Item extends ApiObject>(
  c: Context<EmulatorEnv>,
  items: readonly Item[],
): Item {
  const id = c.req.param('id') ?? ''
  const issue = uuidForm(id)
  if (issue !== undefined) throw invalid([{ ...issue, loc: ['path', 'id'], input: id }])
  const item = items.find((entry) => entry.id === id.toLowerCase())
  if (item === undefined) throw notFound()
  return item
}

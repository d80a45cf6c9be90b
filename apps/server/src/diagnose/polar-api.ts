/**
 * Compares Polar's published contract (`/{version}/openapi.json`) with what the app uses: the routes
 * of the allow-list, the parameters that the SDK sends, and the members that the SDK reads.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { DEFAULT_ROUTES, type PolarServer, type Upstream } from '@polar-connect/bff'
import { describeDifferences, type Check, type Difference } from '@polar-connect/protocol'

/** Far above the size of Polar's contract. */
const MAX_BYTES = 30_000_000
const TIMEOUT_MS = 60_000
const RECORDINGS = new URL('../../../../packages/emulator/conformance/recordings/', import.meta.url)

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: unknown
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

interface Operation {
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
  }[]
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >
}

/** The parts of an OpenAPI 3.1 document that are compared. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

interface Recording {
  readonly request: { readonly method: string; readonly path: string }
  readonly response: { readonly status: number; readonly json?: unknown }
}

/** @param version of Polar's API, such as `2026-10`. */
export async function checkPolarApi(
  server: PolarServer,
  upstream: Upstream,
  version: string,
): Promise<Check> {
  const id = 'api'
  const path = `/${version}/openapi.json`
  const { status, text } = await read(new URL(path, server.apiOrigin), upstream)
  if (status === 404) {
    const detail = `Polar has no contract of ${version}. ${path} answers 404.`
    return { id, status: 'failed', detail, fix: 'Update Polar Connect.' }
  }
  const contract = parseContract(text)
  if (status !== 200 || contract === undefined) {
    const detail = `${path} answers ${status || 'nothing'} instead of a contract.`
    return { id, status: 'skipped', detail }
  }
  return describeDifferences(id, await compare(contract, version))
}

async function read(url: URL, upstream: Upstream): Promise<{ status: number; text: string }> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const headers = { accept: 'application/json' }
    const { status, body } = await upstream(url, { method: 'GET', headers, signal })
    const bytes = await new Response(body).arrayBuffer()
    return { status, text: bytes.byteLength > MAX_BYTES ? '' : new TextDecoder().decode(bytes) }
  } catch {
    // Any failure means that there is no contract to read.
    return { status: 0, text: '' }
  }
}

function parseContract(text: string): Contract | undefined {
  try {
    const value = JSON.parse(text) as Partial<Contract> | null
    return value?.paths === undefined ? undefined : (value as Contract)
  } catch {
    return undefined
  }
}

/** The contract, and the list that collects differences. */
interface Comparison {
  readonly contract: Contract
  /** Members by interface. Polar also sends deprecated members, which the app does not read. */
  readonly declared: ReadonlyMap<string, ReadonlySet<string>>
  readonly add: (text: string) => void
}

/** Each difference once. */
export async function compare(contract: Contract, version: string): Promise<Difference[]> {
  const found = new Map<string, Difference>()
  const add = (text: string) => void found.set(text, { breaks: true, text })
  const comparison = { contract, declared: readDeclarations(version), add }
  const sent = await listSentParameters(version)
  for (const { method, path } of DEFAULT_ROUTES) {
    const route = `${method} ${path}`
    const operation = contract.paths[path]?.[method.toLowerCase()]
    if (operation === undefined) {
      add(`${route} is gone.`)
      continue
    }
    compareParameters(route, operation, sent.get(route) ?? [], add)
    for (const { response } of recordingsOf(method, path)) {
      const schema = answerSchema(operation, response.status)
      if (schema !== undefined) compareMembers(response.json, [schema], route, comparison)
    }
  }
  return [...found.values()]
}

function compareParameters(
  route: string,
  { parameters = [] }: Operation,
  sent: readonly string[],
  add: (text: string) => void,
): void {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query')
  const names = inQuery.map(({ name }) => name)
  for (const name of sent.filter((parameter) => !names.includes(parameter))) {
    add(`${route} no longer takes the parameter ${name}.`)
  }
  for (const { name, required } of inQuery) {
    if (required && !sent.includes(name)) add(`${route} requires the new parameter ${name}.`)
  }
}

function answerSchema({ responses = {} }: Operation, status: number): Schema | undefined {
  return responses[status]?.content?.['application/json']?.schema
}

/** Each member of a recorded value must be in the contract, with an allowed type. */
function compareMembers(
  value: unknown,
  schemas: readonly Schema[],
  where: string,
  comparison: Comparison,
): void {
  const { contract, declared, add } = comparison
  const variants = schemas.flatMap((schema) => expand(schema, contract))
  // Without a type, anything is allowed. A null that Polar stops sending breaks nothing.
  if (value === null || variants.some(({ type }) => type === undefined)) return
  const types = [...new Set(variants.flatMap(({ type }) => type ?? []))]
  const type = typeOf(value)
  if (!types.includes(type) && !(type === 'integer' && types.includes('number'))) {
    add(`${where} is no longer of type ${type}, but ${types.join(' or ')}.`)
    return
  }
  if (Array.isArray(value)) {
    const items = variants.flatMap((variant) => variant.items ?? [])
    for (const item of value) compareMembers(item, items, `${where}[]`, comparison)
    return
  }
  if (typeof value !== 'object') return
  const objects = variants.filter(({ properties }) => properties !== undefined)
  const names = objects.flatMap(({ title }) => title ?? [])
  for (const [member, inner] of Object.entries(value)) {
    const matching = objects.flatMap(({ properties }) => properties?.[member] ?? [])
    if (matching.length > 0) {
      compareMembers(inner, matching, `${names.join(' or ')}.${member}`, comparison)
    } else if (names.some((name) => declared.get(name)?.has(member))) {
      add(`${names.join(' or ')} no longer has the member ${member}.`)
    }
  }
}

/** Follows references and alternatives to the schemas. */
function expand(schema: Schema, contract: Contract): readonly Schema[] {
  const { $ref, anyOf, oneOf, allOf } = schema
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? ''
    const target = contract.components?.schemas?.[name]
    if (target === undefined) return []
    // The SDK's interface name has no underscores.
    return expand({ ...target, title: name.replaceAll('_', '') }, contract)
  }
  const alternatives = anyOf ?? oneOf ?? allOf
  return alternatives === undefined
    ? [schema]
    : alternatives.flatMap((alternative) => expand(alternative, contract))
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** Successful answers to the route. */
function recordingsOf(method: string, path: string): readonly Recording[] {
  const pattern = new RegExp(`^${path.replace('{id}', '[0-9a-f-]{36}')}$`)
  return loadRecordings().filter(
    ({ request, response }) =>
      request.method === method &&
      pattern.test(request.path.split('?')[0] ?? '') &&
      response.status < 300 &&
      response.json !== undefined,
  )
}

let recordings: readonly Recording[] | undefined

function loadRecordings(): readonly Recording[] {
  recordings ??= readdirSync(RECORDINGS)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => JSON.parse(readFileSync(new URL(name, RECORDINGS), 'utf8')) as Recording[])
  return recordings
}

/**
 * The query parameters of each operation. It calls the pinned SDK with a client that sends nothing and
 * records each request.
 */
async function listSentParameters(version: string): Promise<ReadonlyMap<string, string[]>> {
  const sent = new Map<string, string[]>()
  const client = {
    buildRequest(method: string, path: string, _: unknown, query: object) {
      sent.set(`${method} ${path}`, Object.keys(query))
      throw new Error('noted')
    },
  }
  const resources = new Set(DEFAULT_ROUTES.map(({ path }) => path.split('/')[2] ?? ''))
  for (const resource of resources) {
    const name = resource.replaceAll('-', '_')
    const module = (await import(sdk(version, `/services/${name}`))) as object
    const create = functionsOf(module).find(([key]) => /^create\w+Service$/.test(key))?.[1]
    for (const [, call] of functionsOf(create?.(client))) {
      // Each call rejects after its request is recorded.
      await Promise.resolve(call({}, {}, {})).catch(() => undefined)
    }
  }
  return sent
}

const sdk = (version: string, path = '') => import.meta.resolve(`@polar-sh/sdk/${version}${path}`)

/** The interfaces of the pinned SDK, from its declarations. */
function readDeclarations(version: string): ReadonlyMap<string, ReadonlySet<string>> {
  const entry = new URL(sdk(version))
  const declarations = (url: URL) =>
    readFileSync(new URL(url.href.replace(/\.mjs$/, '.d.mts')), 'utf8')
  const files = [...declarations(entry).matchAll(/ from "(\..+?\.mjs)"/g)]
  const interfaces = files.flatMap(([, file = '']) => [
    ...declarations(new URL(file, entry)).matchAll(/^interface (\w+).*? \{\n(.*?)^\}/gms),
  ])
  return new Map(
    interfaces.map(([, name = '', body = '']) => {
      const members = [...body.matchAll(/^ {2}(\w+)\??: /gm)].map(([, member = '']) => member)
      return [name, new Set(members)]
    }),
  )
}

function functionsOf(value: unknown): [string, (...args: object[]) => unknown][] {
  const entries = Object.entries(value ?? {}) as [string, (...args: object[]) => unknown][]
  return entries.filter(([, member]) => typeof member === 'function')
}

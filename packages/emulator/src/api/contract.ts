/**
 * The contract of the API, `/{version}/openapi.json`, in FastAPI's form. Paths and parameters come
 * from the operations, members from example answers.
 */
import type { Operation, Operations } from './operations.ts'
import type { JsonSchema, Parameter } from '../http/parameters.ts'

type Components = Record<string, JsonSchema>

/** @param removed the setting `removed_members`, such as `['Order.due_amount']`. */
export function createContract(
  version: string,
  operations: Operations,
  removed: readonly string[],
): Record<string, unknown> {
  const components: Components = { HTTPValidationError: VALIDATION_ERROR }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations.all()) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    const methods = (paths[path] ??= {})
    methods[operation.method.toLowerCase()] = describe(operation, operations, components)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Polar API', version },
    paths,
    components: { schemas: without(components, removed) },
  }
}

function describe(operation: Operation, operations: Operations, components: Components) {
  const { method, path, scopes, query = {}, status = 200, answer, isList } = operation
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', title: titleOf(name), ...(name === 'id' && { format: 'uuid4' }) },
  }))
  const [, , resource = ''] = path.split('/')
  const schema = answer === undefined ? undefined : answerOf(answer, isList, operations, components)
  return {
    tags: [resource.replaceAll('-', '_')],
    operationId: `${resource}:${method.toLowerCase()}${path.replaceAll(/[^a-z]+/g, '_')}`,
    description: `**Scopes**: ${scopes.map((scope) => `\`${scope}\``).join(' ')}`,
    parameters: [...inPath, ...Object.entries(query).map(([name, entry]) => inQuery(name, entry))],
    ...(operation.takesBody && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    }),
    responses: {
      [status]: {
        description: 'Successful Response',
        ...(schema !== undefined && { content: { 'application/json': { schema } } }),
      },
      422: {
        description: 'Validation Error',
        content: { 'application/json': { schema: refTo('HTTPValidationError') } },
      },
    },
  }
}

function inQuery(name: string, { schema, required, style }: Parameter) {
  const titled = { ...schema, title: titleOf(name) }
  return { name, in: 'query', required: required ?? false, ...(style && { style }), schema: titled }
}

function answerOf(
  answer: string,
  isList: true | undefined,
  operations: Operations,
  components: Components,
): JsonSchema {
  if (components[answer] === undefined) {
    schemaOf(operations.examplesOf(answer), answer, components)
  }
  if (isList === undefined) return refTo(answer)
  const name = `ListResource_${answer}_`
  components['Pagination'] ??= objectOf('Pagination', {
    total_count: { type: 'integer' },
    max_page: { type: 'integer' },
  })
  components[name] ??= objectOf(name, {
    items: { type: 'array', items: refTo(answer) },
    pagination: refTo('Pagination'),
  })
  return refTo(name)
}

/** Objects whose members the merchant names. The contract does not list these. */
const MAPS = new Set(['metadata', 'custom_field_data', 'customer_metadata', 'benefit_metadata'])
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** A schema that fits all `values`. Objects become components, named by their place. */
function schemaOf(values: readonly unknown[], name: string, components: Components): JsonSchema {
  const present = values.filter((value) => value !== null && value !== undefined)
  const isNullable = values.includes(null)
  if (present.length === 0) return isNullable ? { anyOf: [{}, { type: 'null' }] } : {}
  const schema = presentSchema(present, name, components)
  return isNullable ? { anyOf: [schema, { type: 'null' }] } : schema
}

function presentSchema(
  values: readonly unknown[],
  name: string,
  components: Components,
): JsonSchema {
  if (values.every((value) => typeof value === 'string')) return textSchema(values)
  if (values.every((value) => typeof value === 'boolean')) return { type: 'boolean' }
  if (values.every((value) => typeof value === 'number')) {
    return { type: values.every((value) => Number.isInteger(value)) ? 'integer' : 'number' }
  }
  if (values.every((value) => Array.isArray(value))) {
    return { type: 'array', items: schemaOf(values.flat(), singular(name), components) }
  }
  const objects = values as readonly Record<string, unknown>[]
  const members = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  if (members.length > 0 && members.every((member) => UUID.test(member))) {
    const inner = objects.flatMap((object) => Object.values(object))
    return { type: 'object', additionalProperties: schemaOf(inner, name, components) }
  }
  // Added before its members, so that components come in reading order.
  components[name] = {}
  const properties = members.map((member) => {
    if (MAPS.has(member)) return [member, { type: 'object', additionalProperties: true }] as const
    const inner = objects.map((object) => object[member])
    return [member, schemaOf(inner, name + pascal(member), components)] as const
  })
  const always = members.filter((member) => objects.every((object) => member in object))
  components[name] = objectOf(name, Object.fromEntries(properties), always)
  return refTo(name)
}

function textSchema(values: readonly string[]): JsonSchema {
  if (values.every((value) => UUID.test(value))) return { type: 'string', format: 'uuid4' }
  if (values.every((value) => MOMENT.test(value))) return { type: 'string', format: 'date-time' }
  return { type: 'string' }
}

function objectOf(
  title: string,
  properties: Record<string, JsonSchema>,
  required: readonly string[] = Object.keys(properties),
): JsonSchema {
  const titled = Object.entries(properties).map(([name, schema]) => [
    name,
    '$ref' in schema ? schema : { ...schema, title: titleOf(name) },
  ])
  return { properties: Object.fromEntries(titled), type: 'object', required, title }
}

function without(components: Components, removed: readonly string[]): Components {
  const left = Object.entries(components).map(([name, schema]) => {
    const gone = new Set(removed.filter((path) => path.startsWith(`${name}.`)))
    if (gone.size === 0) return [name, schema] as const
    const keeps = (member: string) => !gone.has(`${name}.${member}`)
    const { properties, required } = schema as {
      readonly properties: Record<string, JsonSchema>
      readonly required: readonly string[]
    }
    return [
      name,
      {
        ...schema,
        properties: Object.fromEntries(Object.entries(properties).filter(([key]) => keeps(key))),
        required: required.filter(keeps),
      },
    ] as const
  })
  return Object.fromEntries(left)
}

/** Removes the members that the setting `removed_members` names, in nested objects too. */
export function withoutMembers<Value>(
  value: Value,
  name: string,
  removed: readonly string[],
): Value {
  if (removed.length === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    return value.map((item: unknown) => withoutMembers(item, singular(name), removed)) as Value
  }
  const members = Object.entries(value)
    .filter(([member]) => !removed.includes(`${name}.${member}`))
    .map(([member, inner]) => [member, withoutMembers(inner, name + pascal(member), removed)])
  return Object.fromEntries(members) as Value
}

function refTo(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

function titleOf(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

function pascal(name: string): string {
  return titleOf(name).replaceAll(' ', '')
}

/** `OrderItems` is a list of `OrderItem`. */
function singular(name: string): string {
  return name.replace(/s$/, '')
}

const VALIDATION_ERROR = objectOf('HTTPValidationError', {
  error: { type: 'string' },
  detail: { type: 'array', items: { type: 'object' } },
})

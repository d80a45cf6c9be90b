/** Parses request bodies with a schema. Refusals have the texts of pydantic, which Polar uses. */
import * as v from 'valibot'
import { enumIssue, INT_PARSING, MISSING, uuidForm, type FormIssue } from './parameters.ts'
import { invalid, type ValidationIssue } from './respond.ts'

export interface Body<Output> {
  /** @throws ApiRefusal 422 with one entry for each fault. */
  parse(input: unknown): Output
}

type Schema<Output = unknown> = v.GenericSchema<unknown, Output>

export function bodyOf<Output>(schema: Schema<Output>): Body<Output> {
  return taggedBody(() => [], schema)
}

/** A body with variants, chosen by one of its members. `loc` names the variant. */
export function taggedBody<Output>(
  tagOf: (input: unknown) => readonly string[],
  schema: Schema<Output>,
): Body<Output> {
  return {
    parse(input) {
      requireBody(input)
      const parsed = v.safeParse(schema, input)
      if (parsed.success) return parsed.output
      throw invalid(issuesOf(schema, input, parsed.issues, ['body', ...tagOf(input)]))
    },
  }
}

/** A body with variants that are tried in turn. Each variant reports the fault. */
export function eitherBody<Output>(
  variants: readonly (readonly [name: string, schema: Schema<Output>])[],
): Body<Output> {
  return {
    parse(input) {
      requireBody(input)
      const issues: ValidationIssue[] = []
      for (const [name, schema] of variants) {
        const parsed = v.safeParse(schema, input)
        if (parsed.success) return parsed.output
        issues.push(...issuesOf(schema, input, parsed.issues, ['body', name]))
      }
      throw invalid(issues)
    },
  }
}

function requireBody(input: unknown): void {
  if (input === undefined) throw invalid([{ ...MISSING, loc: ['body'], input: null }])
}

type Path = readonly (string | number)[]

function issuesOf(
  schema: v.GenericSchema,
  input: unknown,
  issues: readonly v.BaseIssue<unknown>[],
  start: Path,
): readonly ValidationIssue[] {
  return issues.map((issue) => {
    const path = issue.path?.map(({ key }) => key as string | number) ?? []
    const holder = issue.path?.at(-1)
    if (issue.type === 'variant' && holder !== undefined) {
      const loc = [...start, ...withTags(schema, input, path.slice(0, -1))]
      return { ...tagIssue(String(path.at(-1)), issue), loc, input: holder.input }
    }
    const loc = [...start, ...withTags(schema, input, path)]
    // For a missing member, Polar repeats the object that lacks it.
    if (issue.input === undefined && holder !== undefined) {
      return { ...MISSING, loc, input: holder.input }
    }
    return { ...formIssue(issue), loc, input: issue.input ?? null }
  })
}

/** Adds the name of each variant to the path. */
function withTags(schema: v.GenericSchema, input: unknown, path: Path): Path {
  let current = unwrap(schema)
  let value = input
  const loc: (string | number)[] = []
  const enter = () => {
    if (!isVariant(current)) return
    const { key, options } = current
    const tag = (value as Record<string, unknown> | undefined)?.[key]
    const chosen = options.find(({ entries }) => v.is(entries[key] ?? v.never(), tag))
    if (chosen === undefined) return
    loc.push(String(tag))
    current = chosen
  }
  for (const key of path) {
    enter()
    loc.push(key)
    value = (value as Record<string | number, unknown> | undefined)?.[key]
    const inner = hasEntries(current)
      ? current.entries[key]
      : hasItem(current)
        ? current.item
        : undefined
    current = unwrap(inner ?? v.unknown())
  }
  return loc
}

interface Variant {
  readonly type: 'variant'
  readonly key: string
  readonly options: readonly ({
    readonly entries: Record<string, v.GenericSchema>
  } & v.GenericSchema)[]
}

function isVariant(schema: unknown): schema is Variant {
  return (schema as { type?: unknown }).type === 'variant'
}

function hasEntries(
  schema: unknown,
): schema is { entries: Record<string | number, v.GenericSchema> } {
  return typeof (schema as { entries?: unknown }).entries === 'object'
}

function hasItem(schema: unknown): schema is { item: v.GenericSchema } {
  return typeof (schema as { item?: unknown }).item === 'object'
}

/** Removes wrappers such as `optional` and `nullable`. */
function unwrap(schema: v.GenericSchema): v.GenericSchema {
  const { wrapped } = schema as { readonly wrapped?: v.GenericSchema }
  return wrapped === undefined ? schema : unwrap(wrapped)
}

/** Marks a minimum length that Polar checks after trimming. */
export const AFTER_TRIM = 'after trim'

const NO_OBJECT: FormIssue = {
  type: 'model_attributes_type',
  msg: 'Input should be a valid dictionary or object to extract fields from',
}

function formIssue(issue: v.BaseIssue<unknown>): FormIssue {
  const { type, input, requirement, expected } = issue as v.BaseIssue<unknown> & {
    readonly requirement?: unknown
  }
  const asText = typeof input === 'string'
  switch (type) {
    case 'string':
      return { type: 'string_type', msg: 'Input should be a valid string' }
    case 'number':
      return asText ? INT_PARSING : { type: 'int_type', msg: 'Input should be a valid integer' }
    case 'integer':
      return {
        type: 'int_from_float',
        msg: 'Input should be a valid integer, got a number with a fractional part',
      }
    case 'boolean':
      return asText
        ? {
            type: 'bool_parsing',
            msg: 'Input should be a valid boolean, unable to interpret input',
          }
        : { type: 'bool_type', msg: 'Input should be a valid boolean' }
    case 'array':
      return { type: 'list_type', msg: 'Input should be a valid list' }
    case 'object':
    case 'loose_object':
      return NO_OBJECT
    case 'record':
      return { type: 'dict_type', msg: 'Input should be a valid dictionary' }
    case 'strict_object':
      return expected === 'never'
        ? { type: 'extra_forbidden', msg: 'Extra inputs are not permitted' }
        : NO_OBJECT
    case 'min_value':
      return bound('greater_than_equal', 'ge', 'greater than or equal to', requirement)
    case 'max_value':
      return bound('less_than_equal', 'le', 'less than or equal to', requirement)
    case 'min_length':
      return tooShort(input, Number(requirement), issue.message === AFTER_TRIM)
    case 'max_length':
      return {
        type: 'string_too_long',
        msg: `String should have at most ${Number(requirement)} characters`,
        ctx: { max_length: requirement },
      }
    case 'regex':
      return {
        type: 'string_pattern_mismatch',
        msg: `String should match pattern '${String(requirement)}'`,
        ctx: { pattern: String(requirement) },
      }
    case 'uuid':
      return (
        uuidForm(String(input)) ?? { type: 'uuid_parsing', msg: 'Input should be a valid UUID' }
      )
    case 'url':
      return {
        type: 'url_parsing',
        msg: 'Input should be a valid URL, relative URL without a base',
        ctx: { error: 'relative URL without a base' },
      }
    case 'email':
    case 'check':
      return customIssue(issue.message)
    case 'literal':
    case 'union':
    case 'picklist':
      return enumIssue(namedIn(expected), type === 'picklist' ? 'enum' : 'literal_error')
    default:
      return customIssue(issue.message)
  }
}

/** The words of `"a" | "b"`. */
function namedIn(expected: string | null): readonly string[] {
  return [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, word = '']) => word)
}

/** The member that chooses the variant is missing or unknown. */
function tagIssue(member: string, { input, expected }: v.BaseIssue<unknown>): FormIssue {
  const discriminator = `'${member}'`
  if (input === undefined) {
    const msg = `Unable to extract tag using discriminator ${discriminator}`
    return { type: 'union_tag_not_found', msg, ctx: { discriminator } }
  }
  const tag = typeof input === 'string' ? input : JSON.stringify(input)
  const expected_tags = namedIn(expected)
    .map((word) => `'${word}'`)
    .join(', ')
  return {
    type: 'union_tag_invalid',
    msg: `Input tag '${tag}' found using ${discriminator} does not match any of the expected tags: ${expected_tags}`,
    ctx: { discriminator, tag, expected_tags },
  }
}

/** A check with Polar's own message. A message about an e-mail address also has a reason. */
function customIssue(message: string): FormIssue {
  const [, named, reason] = /^(\S+) is not a valid email address: (.+)$/.exec(message) ?? []
  const email = named === 'value' ? {} : { email: named }
  return {
    type: 'value_error',
    msg: message,
    ctx: reason === undefined ? { error: {} } : { ...email, reason },
  }
}

function bound(type: string, name: string, words: string, limit: unknown): FormIssue {
  const value = Number(limit)
  return { type, msg: `Input should be ${words} ${value}`, ctx: { [name]: value } }
}

function tooShort(input: unknown, min: number, afterTrim: boolean): FormIssue {
  const { length } = input as { readonly length: number }
  const field = Array.isArray(input) ? 'List' : afterTrim ? 'Value' : undefined
  if (field === undefined) {
    return {
      type: 'string_too_short',
      msg: `String should have at least ${min} characters`,
      ctx: { min_length: min },
    }
  }
  const items = min === 1 ? 'item' : 'items'
  return {
    type: 'too_short',
    msg: `${field} should have at least ${min} ${items} after validation, not ${length}`,
    ctx: { field_type: field, min_length: min, actual_length: length },
  }
}

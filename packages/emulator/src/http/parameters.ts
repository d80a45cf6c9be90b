/**
 * Query parameters: which values are valid, how Polar refuses others, and the schema in the contract.
 * Polar uses FastAPI, so its refusals have the texts of pydantic.
 */
import { invalid, type ValidationIssue } from './respond.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** An issue without its place. */
export type FormIssue = Omit<ValidationIssue, 'loc' | 'input'>

export interface Parameter {
  readonly schema: JsonSchema
  readonly required?: true
  /** `deepObject` reads `name[key]=value`. */
  readonly style?: 'deepObject'
  /** What is wrong with the values. There is at least one value. */
  issues(values: readonly string[]): readonly ValidationIssue[]
}

export type Parameters = Readonly<Record<string, Parameter>>

/** @throws ApiRefusal 422 with one or more entries for each parameter that is not valid. */
export function checkQuery(query: URLSearchParams, parameters: Parameters): void {
  const issues = Object.entries(parameters).flatMap(([name, parameter]) => {
    const values = query.getAll(name)
    const found =
      values.length > 0
        ? parameter.issues(values)
        : parameter.required
          ? [{ ...MISSING, loc: [], input: null }]
          : []
    return found.map((issue) => ({ ...issue, loc: ['query', name, ...issue.loc] }))
  })
  if (issues.length > 0) throw invalid(issues)
}

export const MISSING: FormIssue = { type: 'missing', msg: 'Field required' }

/** `'a', 'b' or 'c'` */
export function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `'${word}'`)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`
}

export function enumIssue(words: readonly string[], type = 'enum'): FormIssue {
  const expected = alternatives(words)
  return { type, msg: `Input should be ${expected}`, ctx: { expected } }
}

/** Returns what is wrong with a value. Undefined if it is valid. */
export type Form = (text: string) => FormIssue | undefined

const GROUPS = [8, 4, 4, 4, 12]

export const uuidForm: Form = (text) => {
  const error = uuidError(text)
  if (error === undefined) return undefined
  return { type: 'uuid_parsing', msg: `Input should be a valid UUID, ${error}`, ctx: { error } }
}

/** In the words of Polar's UUID parser. */
function uuidError(text: string): string | undefined {
  const stray = /[^0-9a-f-]/i.exec(text)
  if (stray !== null) {
    return `invalid character: found \`${stray[0]}\` at ${stray.index + 1}`
  }
  const groups = text.split('-')
  if (groups.length === 1) {
    return text.length === 32
      ? undefined
      : `invalid length: expected length 32 for simple format, found ${text.length}`
  }
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`
  const index = groups.findIndex((group, position) => group.length !== GROUPS[position])
  return index === -1
    ? undefined
    : `invalid group length in group ${index}: expected ${GROUPS[index]}, found ${groups[index]?.length}`
}

export function parseFlag(text: string): boolean | undefined {
  if (/^(true|t|yes|y|on|1)$/i.test(text)) return true
  return /^(false|f|no|n|off|0)$/i.test(text) ? false : undefined
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i

/** Epoch milliseconds of a date or a time. Without an offset, it is in UTC. */
export function parseMoment(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const [, date = '', time = '00:00', offset = 'Z'] = MOMENT.exec(text) ?? []
  const epoch = Date.parse(`${date}T${time}${offset}`)
  return Number.isNaN(epoch) ? undefined : epoch
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** @param name an IANA time zone, such as `Europe/Stockholm`. */
function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    return false
  }
}

/** One value. FastAPI reads the last of several. */
function single(
  schema: JsonSchema,
  form: Form,
  { required }: { readonly required?: true } = {},
): Parameter {
  return {
    schema: required ? schema : orNull(schema),
    ...(required && { required }),
    issues(values) {
      const input = values.at(-1) ?? ''
      const issue = form(input)
      return issue === undefined ? [] : [{ ...issue, loc: [], input }]
    },
  }
}

/** Pydantic's name for the list variant of a filter that accepts one or several values. */
const listOf = (type: string) =>
  `json-or-python[json=list[${type}],python=chain[is-instance[Sequence],function-wrap[sequence_validator()]]]`

/** One value or several. A refusal has an entry for both variants. */
function oneOrMany(type: string, item: JsonSchema, form: Form, alone: FormIssue): Parameter {
  return {
    schema: { anyOf: [item, { type: 'array', items: item }, { type: 'null' }] },
    issues(values) {
      const issues = values.flatMap((input, index) => {
        const issue = form(input)
        return issue === undefined ? [] : [{ ...issue, loc: [listOf(type), index], input }]
      })
      return issues.length === 0 ? [] : [{ ...alone, loc: [type], input: values }, ...issues]
    },
  }
}

const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })

export const uuids = oneOrMany('uuid', { type: 'string', format: 'uuid4' }, uuidForm, {
  type: 'uuid_type',
  msg: 'UUID input should be a string, bytes or UUID object',
})

const nothing: Form = () => undefined

export const texts = oneOrMany('str', { type: 'string' }, nothing, MISSING)

/** @param name of Polar's enumeration. Refusals contain it. */
export function words(name: string, known: readonly string[]): Parameter {
  const issue = enumIssue(known)
  const form: Form = (text) => (known.includes(text) ? undefined : issue)
  return oneOrMany(`str-enum[${name}]`, { type: 'string', enum: known }, form, issue)
}

export const text = single({ type: 'string' }, nothing)

export const flag = single({ type: 'boolean' }, (value) =>
  parseFlag(value) === undefined
    ? { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
    : undefined,
)

export const moment = single({ type: 'string', format: 'date-time' }, (value) =>
  parseMoment(value) === undefined
    ? {
        type: 'datetime_from_date_parsing',
        msg: 'Input should be a valid datetime or date, invalid character in year',
        ctx: { error: 'invalid character in year' },
      }
    : undefined,
)

export const requiredDate = single(
  { type: 'string', format: 'date' },
  (value) =>
    isDate(value)
      ? undefined
      : {
          type: 'date_from_datetime_parsing',
          msg: 'Input should be a valid date or datetime, invalid character in year',
          ctx: { error: 'invalid character in year' },
        },
  { required: true },
)

export function requiredWord(known: readonly string[]): Parameter {
  const issue = enumIssue(known)
  return single(
    { type: 'string', enum: known },
    (value) => (known.includes(value) ? undefined : issue),
    { required: true },
  )
}

export const timeZone = single({ type: 'string', default: 'UTC' }, (value) =>
  isTimeZone(value) ? undefined : { type: 'TimeZoneName', msg: 'Invalid timezone name.' },
)

export function positive(byDefault: number): Parameter {
  return {
    ...single({ type: 'integer' }, (value) => {
      if (!/^\s*[+-]?\d+\s*$/.test(value)) return INT_PARSING
      return Number(value) > 0
        ? undefined
        : { type: 'greater_than', msg: 'Input should be greater than 0', ctx: { gt: 0 } }
    }),
    schema: { type: 'integer', exclusiveMinimum: 0, default: byDefault },
  }
}

export const INT_PARSING: FormIssue = {
  type: 'int_parsing',
  msg: 'Input should be a valid integer, unable to parse string as an integer',
}

/** Several values, all from `known`. */
export function list(known: readonly string[], byDefault?: readonly string[]): Parameter {
  const issue = enumIssue(known)
  const items = { type: 'string', enum: known }
  return {
    schema: { ...orNull({ type: 'array', items }), ...(byDefault && { default: byDefault }) },
    issues: (values) =>
      values.flatMap((input, index) =>
        known.includes(input) ? [] : [{ ...issue, loc: [index], input }],
      ),
  }
}

/** `metadata[key]=value`. Every value is valid. */
export const metadata: Parameter = {
  schema: { anyOf: [{ type: 'object', additionalProperties: true }, { type: 'null' }] },
  style: 'deepObject',
  issues: () => [],
}

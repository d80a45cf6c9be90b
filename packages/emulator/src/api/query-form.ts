/** The forms that a value in a query can have, and how Polar refuses one of another form. */

export interface FormIssue {
  readonly type: string
  readonly msg: string
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** Says what is wrong with a value, or nothing where it is of the form. */
export type QueryForm = (text: string) => FormIssue | undefined

export const uuidForm: QueryForm = (text) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? undefined
    : { type: 'uuid_parsing', msg: 'Input should be a valid UUID' }

export const flagForm: QueryForm = (text) =>
  parseFlag(text) === undefined
    ? {
        type: 'bool_parsing',
        msg: 'Input should be a valid boolean, unable to interpret input',
      }
    : undefined

export const momentForm: QueryForm = (text) =>
  parseMoment(text) === undefined
    ? {
        type: 'datetime_from_date_parsing',
        msg: 'Input should be a valid datetime or date',
      }
    : undefined

export function wordForm(words: readonly string[]): QueryForm {
  const expected = words.map((word) => `'${word}'`).join(', ')
  const issue = { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } }
  return (text) => (words.includes(text) ? undefined : issue)
}

export function parseFlag(text: string): boolean | undefined {
  if (/^(true|t|yes|y|on|1)$/i.test(text)) return true
  return /^(false|f|no|n|off|0)$/i.test(text) ? false : undefined
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i

/** Epoch milliseconds of a date or a moment. Without an offset it is one of UTC. */
export function parseMoment(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const [, date = '', time = '00:00', offset = 'Z'] = MOMENT.exec(text) ?? []
  const epoch = Date.parse(`${date}T${time}${offset}`)
  return Number.isNaN(epoch) ? undefined : epoch
}

/**
 * Reads settings from an environment, and collects what is wrong with them: a start either has all
 * that it needs, or tells every fault at once.
 */

/** Every fault of the settings, one line each, in words for the person who starts the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/** Quotes of a shell, and those that a word processor makes of them. */
const QUOTE = /^["'`\u2018-\u201f\u00ab\u00bb]|["'`\u2018-\u201f\u00ab\u00bb]$/g
/** Control characters, and others without a width. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
/** What a tool leaves that had no value to put there. */
const PLACEHOLDER = /^(undefined|null|<.*>|\$\{?\w+\}?|\{\{.*\}\}|%\w+%)$/i

/** See {@link createEnvReader}. */
export type EnvReader = ReturnType<typeof createEnvReader>

/**
 * @param env `process.env`, or the bindings of a Worker.
 * @param source the file that the values came from, if there is one: each fault names it.
 */
export function createEnvReader(env: object, source?: string) {
  const faults: string[] = []
  // Docker's --env-file takes a byte order mark and `export` for a part of the name.
  const names = Object.keys(env).map((key) => [
    key.replace(/^(\uFEFF|\s|export\s)+|\s+$/g, ''),
    key,
  ])
  const keys = new Map(names as [string, string][])
  const told = new Set<string>()

  /** @param what reads on after the name, as in `should be a number.` */
  function fault(name: string, what: string): void {
    // What is wrong with the characters explains the rest.
    if (told.has(name)) return
    told.add(name)
    faults.push(`${source === undefined ? name : `${name} in ${source}`} ${what}`)
  }

  /** The value without space around it. Undefined if it is empty or not set. */
  function text(name: string): string | undefined {
    const given = (env as Record<string, unknown>)[keys.get(name) ?? name]
    if (given === undefined || given === null) return undefined
    if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean') {
      fault(name, 'should be text.')
      return undefined
    }
    const value = String(given).trim()
    if (value === '') return undefined
    const bare = value.replace(QUOTE, '').trim()
    if (bare !== value) {
      fault(name, 'has quotes around its value. Remove them: here they are part of the value.')
    } else if (INVISIBLE.test(value)) {
      fault(name, 'holds a character that is not visible. Type the value again.')
    } else if (PLACEHOLDER.test(value)) {
      fault(name, 'holds a placeholder instead of a value.')
    }
    return bare || undefined
  }

  /** The value, or undefined after a fault that tells `what` to set. */
  function required(name: string, what: string): string | undefined {
    const value = text(name)
    if (value === undefined) fault(name, `is missing. ${what}`)
    return value
  }

  /** One of `words`, in any case of letters. */
  function word<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const given = text(name)?.toLowerCase()
    const found = words.find((candidate) => candidate === given)
    if (given !== undefined && found === undefined) {
      fault(name, `should be one of ${words.join(', ')}.`)
    }
    return found
  }

  function wholeNumber(
    name: string,
    least: number,
    most: number,
    example: number,
  ): number | undefined {
    const given = text(name)
    if (given === undefined) return undefined
    const number = /^\d{1,9}$/.test(given) ? Number(given) : NaN
    if (number >= least && number <= most) return number
    fault(name, `should be a number from ${least} to ${most}, for example: ${example}`)
    return undefined
  }

  /** @throws {ConfigError} if there was a fault. */
  function end(): void {
    if (faults.length > 0) throw new ConfigError(faults)
  }

  return { text, required, word, wholeNumber, fault, faults: faults as readonly string[], end }
}

/** Settings from `.env` and `.env.local`. What the environment itself sets wins over both. */
import { randomBytes } from 'node:crypto'
import { appendFileSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { exitWith, UserError } from './user-error.ts'

export type Environment = Record<string, string | undefined>

export interface Settings {
  readonly env: Environment
  /** The file to edit when a setting is wrong, if there is one. */
  readonly source: string | undefined
}

/** @throws {UserError} when a file cannot be read or hides a client id. */
export function readSettings(
  root: string,
  environment: Environment,
  files: readonly string[] = ['.env', '.env.local'],
): Settings {
  // A link to a file that is gone counts: an unreadable file is a fault, not an empty one.
  const found = files.filter((file) => lstatSync(join(root, file), { throwIfNoEntry: false }))
  const values = found.map((file) => parseFile(join(root, file), file))
  return {
    env: Object.assign({}, ...values, environment) as Environment,
    source: found.find((file) => file === '.env'),
  }
}

/** As {@link readSettings}; ends the command with the message. */
export function readSettingsOrExit(...args: Parameters<typeof readSettings>): Settings {
  try {
    return readSettings(...args)
  } catch (error) {
    exitWith(error)
  }
}

function parseFile(path: string, name: string): Environment {
  let text: string
  try {
    text = decode(readFileSync(path))
  } catch (cause) {
    throw new UserError(`${name} cannot be read: ${(cause as Error).message}`, { cause })
  }
  if (text.includes('\0')) throw new UserError(`${name} is not text in UTF-8. Save it as UTF-8.`)
  const values = parseEnv(text)
  // Starting the emulator instead would hide the mistake.
  if (values['POLAR_CLIENT_ID'] === undefined && /^(?!\s*#).*POLAR_CLIENT_ID/m.test(text)) {
    throw new UserError(
      `${name} names POLAR_CLIENT_ID, but not as a line POLAR_CLIENT_ID=polar_ci_…`,
    )
  }
  // An empty value is no value: `.env.example` is full of them.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

/** Text in UTF-8 or UTF-16, without its byte order mark. Editors on Windows write all of them. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  const little = first === 0xff && second === 0xfe
  const big = first === 0xfe && second === 0xff
  const encoding = little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n')
}

/** @throws {UserError} if `name` is set and no port. */
export function readPort(env: Environment, name: string, otherwise: number): number {
  const value = env[name]?.trim() || String(otherwise)
  const port = /^\d+$/.test(value) ? Number(value) : NaN
  if (port >= 1 && port <= 65_535) return port
  throw new UserError(`${name} should be a number from 1 to 65535, for example: ${otherwise}`)
}

/** Makes a session secret for development and keeps it in `.env.local` if the disk allows. */
export function createSessionSecret(root: string): { secret: string; kept: boolean } {
  const secret = randomBytes(32).toString('base64url')
  const line = `\nSESSION_SECRETS=${secret}\n`
  try {
    appendFileSync(join(root, '.env.local'), line, { mode: 0o600 })
    return { secret, kept: true }
  } catch {
    return { secret, kept: false }
  }
}

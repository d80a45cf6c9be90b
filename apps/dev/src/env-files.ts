/** Settings from `.env` and `.env.local`; what the environment says itself wins over both. */
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

export type Environment = Record<string, string | undefined>

export interface Settings {
  readonly env: Environment
  /** The file that a person should mend, if there is one. */
  readonly source: string | undefined
}

export function readSettings(
  root: string,
  environment: Environment,
  files: readonly string[] = ['.env', '.env.local'],
): Settings {
  const env: Environment = {}
  let source: string | undefined
  for (const file of files) {
    const path = join(root, file)
    if (!existsSync(path)) continue
    // An empty value in the file is no value: `.env.example` is full of them.
    const values = Object.entries(parseEnv(readFileSync(path, 'utf8')))
    Object.assign(env, Object.fromEntries(values.filter(([, value]) => value !== '')))
    if (file === '.env') source = file
  }
  return { env: { ...env, ...environment }, source }
}

/** Writes a session secret for development, and gives it. */
export function createSessionSecret(root: string): string {
  const secret = randomBytes(32).toString('base64url')
  appendFileSync(join(root, '.env.local'), `SESSION_SECRETS=${secret}\n`, { mode: 0o600 })
  return secret
}

/**
 * The evidence of the suite: everything that its processes printed, and every secret that was issued.
 * The workers write it to files. The last test searches them when all workers are done.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Emptied by Playwright when a run begins. */
const FOLDER = fileURLToPath(new URL('../test-results/evidence/', import.meta.url))

/** What cannot be anything but a secret: Polar's tokens, codes and client secrets, and what we seal. */
const SECRET_FORM = /polar_(?!ci_)[a-z]{2,3}(_[a-z])?_[A-Za-z0-9]{16,}|eyJ[\w-]{16,}/

/** 32 random bytes: states, verifiers, nonces, keys. What is no secret is shorter or longer. */
const RANDOM_FORM = /(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{43}(?![\w-])/

export interface Evidence {
  readonly logs: readonly { readonly name: string; readonly text: string }[]
  readonly secrets: ReadonlySet<string>
}

/** All that a process printed until its end. */
export function keepLog(name: string, text: string): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${randomUUID()}.log`), `${name}\n${text}`)
}

export function keepSecrets(secrets: Iterable<string>): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${randomUUID()}.secrets`), [...secrets].join('\n'))
}

export function readEvidence(): Evidence {
  const read = (ending: string) =>
    readdirSync(FOLDER)
      .filter((file) => file.endsWith(ending))
      .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
  return {
    logs: read('.log').map((text) => {
      const [name = '', ...lines] = text.split('\n')
      return { name, text: lines.join('\n') }
    }),
    secrets: new Set(read('.secrets').flatMap((text) => text.split('\n').filter(Boolean))),
  }
}

/** What of `secrets` stands in `text`, whole or encoded: told by its start. */
export function secretsIn(text: string, secrets: Iterable<string>): string[] {
  return [...secrets]
    .filter((secret) =>
      [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')].some((form) =>
        text.includes(form),
      ),
    )
    .map((secret) => `${secret.slice(0, 14)}…`)
}

/** The parts of `text` that look like a secret of any issuer. */
export function secretFormsIn(text: string): string[] {
  return [SECRET_FORM, RANDOM_FORM].flatMap((form) => {
    const [found] = form.exec(text) ?? []
    return found === undefined ? [] : `${found.slice(0, 14)}…`
  })
}

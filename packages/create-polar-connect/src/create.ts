/** Copies the template, and fills in the app's name, secret and package versions. */
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A fault that the person can fix. */
export class UserError extends Error {}

const TEMPLATE = fileURLToPath(new URL('../template', import.meta.url))

/**
 * Writes the app to `folder`, with packages of `version`.
 *
 * @throws {UserError} if the folder is not empty, or if Vite could not serve a page from it.
 */
export function create(folder: string, version: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UserError(
      `${folder} is not empty. Name a new folder: npm create polar-connect my-app`,
    )
  }
  // Vite puts the paths of files into addresses as they are, where these mean something else.
  const [character] = /[#?%]/.exec(resolve(folder)) ?? []
  if (character !== undefined) {
    throw new UserError(
      `The page cannot load from a folder with ${character} in its path: ${folder}`,
    )
  }
  cpSync(TEMPLATE, folder, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist)$/.test(path),
  })
  // npm never packs files with these names.
  for (const name of ['gitignore', 'npmrc']) {
    renameSync(join(folder, `_${name}`), join(folder, `.${name}`))
  }
  edit(join(folder, 'package.json'), (text) =>
    text
      .replace('"name": "my-app"', `"name": "${packageName(folder)}"`)
      .replaceAll(/("@polar-connect\/\w+": ")[^"]+/g, `$1^${version}`),
  )
  const secret = randomBytes(32).toString('base64url')
  const example = readFileSync(join(folder, '.env.example'), 'utf8')
  const settings = example.replace('SESSION_SECRETS=', `SESSION_SECRETS=${secret}`)
  writeFileSync(join(folder, '.env'), settings, { mode: 0o600 })
}

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

/** The folder's name, with only the characters that npm allows. */
function packageName(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return name === '' ? 'my-app' : name
}

/** What a browser loads of the built page: its first script with all that this needs, then a route. */
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { init, parse } from 'es-module-lexer'

export interface BuiltPage {
  /** Octets, compressed, of the scripts that the page cannot begin without. */
  readonly entry: number
  readonly styles: number
  readonly styleFiles: number
  /** By the name of its chunk: octets that opening it adds to the entry. */
  readonly routes: ReadonlyMap<string, number>
}

interface Script {
  readonly octets: number
  readonly needs: readonly string[]
  /** Loaded when somebody asks. */
  readonly lazy: readonly string[]
}

/** @param index path of the built `index.html`. */
export async function measurePage(index: string): Promise<BuiltPage> {
  await init
  const root = dirname(index)
  const html = await readFile(index, 'utf8')
  const scripts = new Map<string, Script>()
  const all = (pattern: RegExp) =>
    [...html.matchAll(pattern)].map(([, path = '']) => join(root, path))

  const read = async (path: string): Promise<Script> => {
    const known = scripts.get(path)
    if (known !== undefined) return known
    const source = await readFile(path)
    const script = { octets: gzipSync(source).length, ...importsOf(source.toString(), path) }
    scripts.set(path, script)
    return script
  }
  const closure = async (path: string, lazyToo: boolean, found = new Set<string>()) => {
    if (found.has(path)) return found
    found.add(path)
    const { needs, lazy } = await read(path)
    for (const next of lazyToo ? [...needs, ...lazy] : needs) await closure(next, lazyToo, found)
    return found
  }
  const weigh = (paths: Iterable<string>) =>
    [...paths].reduce((sum, path) => sum + (scripts.get(path)?.octets ?? 0), 0)

  const first = new Set<string>()
  for (const path of all(/<script[^>]* src="([^"]+)"/g)) await closure(path, false, first)
  const routes = new Map<string, number>()
  for (const path of [...first].flatMap((path) => scripts.get(path)?.lazy ?? [])) {
    // What a page loads once it is there belongs to it, such as its charts.
    const reached = await closure(path, true, new Set(first))
    routes.set(nameOf(path), weigh([...reached].filter((one) => !first.has(one))))
  }
  const sheets = all(/<link[^>]* rel="stylesheet"[^>]* href="([^"]+)"/g)
  const styles = await Promise.all(
    sheets.map(async (path) => gzipSync(await readFile(path)).length),
  )
  return {
    entry: weigh(first),
    styles: styles.reduce((sum, octets) => sum + octets, 0),
    styleFiles: styles.length,
    routes,
  }
}

function importsOf(source: string, path: string): Pick<Script, 'needs' | 'lazy'> {
  const [imports] = parse(source)
  // A bundler may write the name of a chunk as a template: it is read as it stands.
  const relative = imports
    .map(({ s, e, d }) => ({ name: source.slice(s, e).replaceAll(/['"`]/g, ''), dynamic: d > -1 }))
    .filter(({ name }) => name.startsWith('.'))
  const pick = (dynamic: boolean) =>
    relative.filter((one) => one.dynamic === dynamic).map(({ name }) => join(dirname(path), name))
  return { needs: pick(false), lazy: pick(true) }
}

/** `overview-page-DGGWLyoK.js` is `overview-page`. */
function nameOf(path: string): string {
  return basename(path).replace(/-[\w-]{8}\.js$/, '')
}

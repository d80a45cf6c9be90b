/** The built Worker: the modules that it begins with, and those that it loads when it is asked to. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { init, parse } from 'es-module-lexer'

export interface BuiltWorker {
  /** Octets, compressed as one, as Cloudflare counts them. */
  readonly start: number
  readonly all: number
}

/** @param entry path of the module that the Worker is started by. */
export async function measureWorker(entry: string): Promise<BuiltWorker> {
  await init
  const weigh = async (lazyToo: boolean) => {
    const sources = new Map<string, string>()
    const take = async (path: string): Promise<void> => {
      if (sources.has(path)) return
      const source = await readFile(path, 'utf8')
      sources.set(path, source)
      const [imports] = parse(source)
      for (const { s, e, d } of imports) {
        const name = source.slice(s, e).replaceAll(/['"`]/g, '')
        if (name.startsWith('.') && (d < 0 || lazyToo)) await take(join(dirname(path), name))
      }
    }
    await take(entry)
    return gzipSync([...sources.values()].join('\n')).length
  }
  return { start: await weigh(false), all: await weigh(true) }
}

/** A package as an app's bundler would take it in, minified and compressed. */
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

export interface Bundle {
  /** Octets, compressed. */
  readonly size: number
  /** What it still imports from elsewhere. */
  readonly imports: readonly string[]
}

/** @param external modules that the app has anyway; everything below them too. */
export async function bundle(entry: string, external: readonly string[] = []): Promise<Bundle> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
      },
    },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    'output' in one ? one.output : [],
  )
  const chunks = outputs.filter((output) => output.type === 'chunk')
  const code = chunks.map((chunk) => chunk.code).join('\n')
  return {
    size: gzipSync(code).length,
    imports: [...new Set(chunks.flatMap((chunk) => chunk.imports))],
  }
}

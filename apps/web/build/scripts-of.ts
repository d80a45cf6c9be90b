import type { Rolldown } from 'vite'

/** The script that has the module at `path`, and all that it imports, by their addresses. */
export function scriptsOf(bundle: Rolldown.OutputBundle, path: string): readonly string[] {
  const found = Object.values(bundle).find(
    (output) => output.type === 'chunk' && output.moduleIds.some((id) => id.endsWith(path)),
  )
  if (found === undefined) throw new Error(`no script has ${path}`)
  const files = new Set<string>()
  const add = (file: string) => {
    const output = bundle[file]
    if (output?.type !== 'chunk' || output.isEntry || files.has(file)) return
    files.add(file)
    output.imports.forEach(add)
  }
  add(found.fileName)
  return [...files].map((file) => `/${file}`)
}

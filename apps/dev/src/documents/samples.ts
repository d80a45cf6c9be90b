/** The code in the documents, as files that a compiler and Node can take. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../workspace.ts'

export interface Document {
  /** From the top of the workspace, as `docs/testing.md`. */
  readonly path: string
  readonly text: string
}

/** Everything that is written for people who use the project. */
export function readDocuments(): readonly Document[] {
  const paths = globSync(
    ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md', '{packages,apps}/*/README.md'],
    {
      cwd: ROOT,
    },
  )
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

export interface Sample {
  /** Below the folder of samples, as `start-your-own/express.ts`. */
  readonly path: string
  readonly code: string
}

const BLOCK = /^```(js|tsx?)\n([\s\S]*?)^```$/gm
const NAME = /^\/\/ (\S+\.(?:js|tsx?))\n/

/** A block that is a file of an example: it has its path in a comment before it. */
const COPY = /^<!-- (apps\/examples\/\S+) -->\n\n```(\w+)\n[\s\S]*?^```$/gm

/** The document, with the files of the examples as they are now. */
export function withCopies(text: string): string {
  return text.replace(COPY, (_, path: string, language: string) => {
    const code = readFileSync(join(ROOT, path), 'utf8')
    return `<!-- ${path} -->\n\n\`\`\`${language}\n${code}\`\`\``
  })
}

/**
 * The code of a document, without copies of files: those are checked where they are. A block
 * that names its file in the first line is that module. The others continue each other. A block that
 * declares a name again begins a new module.
 */
export function samplesOf({ path, text }: Document): readonly Sample[] {
  const folder = path.replace(/^docs\//, '').replace(/(\/README)?\.md$/, '')
  const named: Sample[] = []
  const loose: { code: string; ending: string; names: Set<string> }[] = []
  for (const [, ending = '', code = ''] of text.replace(COPY, '').matchAll(BLOCK)) {
    const file = NAME.exec(code)?.[1]
    const names = namesIn(code)
    const current = loose.at(-1)
    if (file !== undefined) named.push({ path: `${folder}/${file}`, code })
    else if (current === undefined || [...names].some((name) => current.names.has(name))) {
      loose.push({ code, ending, names })
    } else {
      current.code += `\n${code}`
      if (ending === 'tsx') current.ending = ending
      for (const name of names) current.names.add(name)
    }
  }
  const modules = loose.map(({ code, ending }, index) => ({
    path: `${folder}/sample-${index + 1}.${ending}`,
    code,
  }))
  return [...named, ...modules]
}

/** The names that `code` imports or declares at its top. */
function namesIn(code: string): Set<string> {
  const declared = code.matchAll(/^(?:export )?(?:const|let|function|class) (\w+)/gm)
  const imported = code.matchAll(/^import (?:type )?\{([^}]*)\}/gm)
  const lists = [...imported].flatMap(([, list = '']) => list.split(','))
  return new Set(
    [...declared].map(([, name = '']) => name).concat(lists.map((name) => name.trim())),
  )
}

/** Writes all samples below `folder`. */
export function writeSamples(folder: string): void {
  for (const { path, code } of readDocuments().flatMap(samplesOf)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    // A module, also where it imports nothing.
    writeFileSync(file, `${code}\nexport {}\n`)
  }
}

/** The code in the documents, as files that a compiler and Node can take. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
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
  return paths.toSorted().map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

export interface Sample {
  /** Below the folder of samples, as `start-your-own/express.ts`. */
  readonly path: string
  readonly code: string
}

const BLOCK = /^```(tsx?)\n([\s\S]*?)^```$/gm
const NAME = /^\/\/ (\S+\.tsx?)\n/

/**
 * The TypeScript of a document. A block that names its file in the first line is a module; the other
 * blocks of a document go on where the one before ended.
 */
export function samplesOf({ path, text }: Document): readonly Sample[] {
  const folder = path.replace(/^docs\//, '').replace(/(\/README)?\.md$/, '')
  const named: Sample[] = []
  const loose: string[] = []
  let ending = 'ts'
  for (const [, language = '', code = ''] of text.matchAll(BLOCK)) {
    const name = NAME.exec(code)?.[1]
    if (name !== undefined) named.push({ path: `${folder}/${name}`, code })
    else {
      loose.push(code)
      if (language === 'tsx') ending = 'tsx'
    }
  }
  if (loose.length === 0) return named
  return [...named, { path: `${folder}/sample.${ending}`, code: loose.join('\n') }]
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

/** Where a link of `document` leads, from the top of the workspace. */
export function targetOf(document: Document, link: string): string {
  return relative(ROOT, join(ROOT, dirname(document.path), decodeURI(link)))
}

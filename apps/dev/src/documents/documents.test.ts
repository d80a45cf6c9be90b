import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FOLDERS, ROOT } from '../workspace.ts'
import { readDocuments, withCopies } from './samples.ts'

const documents = readDocuments()
const byPath = new Map(documents.map((document) => [document.path, document.text]))
const read = (path: string) => byPath.get(path) ?? ''

/** As a forge makes the name of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))

/** The names in the first cell of each row, all tables of the document together. */
const rowsOf = (text: string) =>
  new Set(
    [...text.matchAll(/^\| (`[^|]+?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    ),
  )

describe('a link', () => {
  const links = documents.flatMap((document) =>
    [...document.text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => [document, link] as const),
  )

  it.each(links.map(([document, link]) => [document.path, link]))(
    'of %s leads somewhere: %s',
    (path, link) => {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : join(dirname(path), decodeURI(file))
      expect(existsSync(join(ROOT, target)), target).toBe(true)
      if (anchor === undefined || !target.endsWith('.md')) return
      expect(anchorsOf(readFileSync(join(ROOT, target), 'utf8'))).toContain(anchor)
    },
  )

  it('leads from the index to each document', () => {
    const listed = [...read('docs/README.md').matchAll(/\]\(([^)#\s]+)\)/g)].map(([, link]) => link)
    const all = documents.map(({ path }) => /^docs\/([^/]+\.md|[^/]+\/README\.md)$/.exec(path)?.[1])
    const others = all.filter((path) => path !== undefined && path !== 'README.md')
    expect(new Set(listed)).toEqual(new Set(others))
  })
})

describe('a file of an example', () => {
  const guides = documents.filter(({ text }) => text.includes('<!-- apps/examples/'))

  it.each(guides)('is as it is in $path; `npx vitest run -u` copies it', async ({ path, text }) => {
    expect(guides.length).toBeGreaterThan(5)
    await expect(withCopies(text)).toMatchFileSnapshot(join(ROOT, path))
  })

  it.each(['apart', 'express', 'fastify', 'own-login'])(
    'of %s is the page that all examples share',
    (name) => {
      const pageOf = (example: string) =>
        readFileSync(join(ROOT, `apps/examples/${example}/page.tsx`), 'utf8')
      expect(pageOf(name)).toBe(pageOf('hono'))
    },
  )
})

/** Sources that run, by their text. */
const sources = globSync(
  ['{apps,packages}/*/src/**/*.{ts,tsx,mjs}', 'apps/*/{build,*.config}.ts'],
  {
    cwd: ROOT,
  },
)
  .filter((path) => !/\.test\.|[\\/]testing[\\/]/.test(path))
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))

/** What is the system's own, or is passed on between our own processes. */
const NOT_OURS =
  /^(PATH|HOME|CI|NODE_ENV|NO_COLOR|DEBUG|LC_ALL|LC_CTYPE|LANG|DEBIAN_FRONTEND|ASSETS|COORDINATOR|VERSION|PLAYWRIGHT_\w+|WRANGLER_\w+|VERCEL\w*|DEV|FIREFOX|HOSTS|NODE_OPTIONS|TARBALLS|EXAMPLES\w*)$/

describe('the environment variables', () => {
  const READ =
    /(?:\benv(?:\.|\[')|\b(?:text|required|word|wholeNumber|readScopes|proxyOf)(?:<\w+>)?\(\s*(?:read, )?'|\bvariable: ')([A-Z][A-Z_]{2,})\b/g
  const inCode = new Set(
    sources
      .flatMap((text) => [...text.matchAll(READ)].map(([, name = '']) => name))
      .filter((name) => !NOT_OURS.test(name)),
  )
  const inDocument = rowsOf(read('docs/configuration.md'))

  it('that the code reads have a row each', () => {
    expect([...inCode].filter((name) => !inDocument.has(name))).toEqual([])
  })

  it('that have a row are read by the code', () => {
    expect(inCode.size).toBeGreaterThan(10)
    expect([...inDocument].filter((name) => !inCode.has(name))).toEqual([])
  })
})

describe('a command', () => {
  it('that a document names is a script of the root or of a package', () => {
    const scripts = ['.', ...FOLDERS].flatMap((folder) => {
      const manifest = readFileSync(join(ROOT, folder, 'package.json'), 'utf8')
      return Object.keys((JSON.parse(manifest) as { scripts: object }).scripts)
    })
    const named = documents.flatMap(({ text }) =>
      [...text.matchAll(/npx -y pnpm@12 (?:--filter \S+ )?([a-z][a-z:-]*)/g)].map(
        ([, name = '']) => name,
      ),
    )
    const known = new Set([...scripts, 'exec', 'install'])
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { measurePage } from './built-page.ts'
import { measureWorker } from './built-worker.ts'
import { bundle } from './bundle.ts'
import { isWithin, sizesTable } from './table.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'polar-connect-sizes-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}

const gz = (...contents: string[]) =>
  contents.reduce((sum, content) => sum + gzipSync(content).length, 0)

describe('the built page', () => {
  const FILES = {
    'index.html':
      '<script src="/boot.js"></script><script type="module" src="/assets/index-aaaaaaaa.js"></script><link rel="stylesheet" crossorigin href="/assets/style.css">',
    'boot.js': '0',
    'assets/style.css': 'a{}',
    'assets/index-aaaaaaaa.js':
      'import"./common-bbbbbbbb.js";const a=()=>import(`./orders-page-cccccccc.js`)',
    'assets/common-bbbbbbbb.js': 'export default 1',
    'assets/orders-page-cccccccc.js':
      'import"./index-aaaaaaaa.js";import{t}from"./table-dddddddd.js";import("./chart-eeeeeeee.js")',
    'assets/table-dddddddd.js': 'import"./common-bbbbbbbb.js";export const t=1',
    'assets/chart-eeeeeeee.js': 'export const chart=1',
    'assets/never-ffffffff.js': 'export default "nobody asks for it"',
  }

  it('is its first scripts, and what each route adds to them, counted once', async () => {
    write(FILES)
    const page = await measurePage(join(folder, 'index.html'))
    expect(page.entry).toBe(
      gz(FILES['boot.js'], FILES['assets/index-aaaaaaaa.js'], FILES['assets/common-bbbbbbbb.js']),
    )
    expect([...page.routes]).toEqual([
      [
        'orders-page',
        gz(
          FILES['assets/orders-page-cccccccc.js'],
          FILES['assets/table-dddddddd.js'],
          FILES['assets/chart-eeeeeeee.js'],
        ),
      ],
    ])
    expect([page.styles, page.styleFiles]).toEqual([gz(FILES['assets/style.css']), 1])
  })

  it('cannot be measured where a script is missing', async () => {
    write({ 'index.html': '<script src="/gone.js"></script>' })
    await expect(measurePage(join(folder, 'index.html'))).rejects.toThrow('gone.js')
  })
})

describe('the built Worker', () => {
  it('is what it begins with, and apart from that what it loads on demand', async () => {
    const files = {
      'index.js': 'export{h as default}from"./assets/bff.js"',
      'assets/bff.js': 'export const h=()=>import("./seldom.js")',
      'assets/seldom.js': 'import"./bff.js";export default "seldom"',
    }
    write(files)
    const [index, bff, seldom] = Object.values(files)
    expect(await measureWorker(join(folder, 'index.js'))).toEqual({
      start: gz([index, bff].join('\n')),
      all: gz([index, bff, seldom].join('\n')),
    })
  })
})

describe('a bundle', () => {
  it('holds what it imports, and leaves out what the app has', async () => {
    write({
      'index.ts':
        "import { far } from 'far/away'\nimport { near } from './near.ts'\nexport const sum: number = near + far",
      'near.ts': 'export const near = 40 + 2',
    })
    const { imports, size } = await bundle(join(folder, 'index.ts'), ['far'])
    expect(imports).toEqual(['far/away'])
    expect(size).toBeLessThan(120)
  })
})

describe('the table', () => {
  it('says which figure is over its budget', () => {
    const sizes = [
      { name: 'a', octets: 1024, budget: 1024 },
      { name: 'bb', octets: 1025, budget: 1024 },
      { name: 'c', count: 1, budget: 0 },
    ]
    expect(sizes.map(isWithin)).toEqual([true, false, false])
    expect(sizesTable(sizes)).toBe(
      [
        'sizes, compressed by gzip',
        '  a      1.0 KiB  of    1.0 KiB',
        '  bb     1.0 KiB  of    1.0 KiB   OVER',
        '  c            1  of          0   OVER',
      ].join('\n'),
    )
  })
})

/**
 * The defences, found by their marks. A mark is a comment such as `// S15: byte for byte`; the next
 * line of code is what defends. A mark moves with its code, so a refactor needs no edit here.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, listFiles } from '../workspace.ts'

export interface Mark {
  /** From the root, as in `packages/bff/src/http/gate.ts`. */
  readonly file: string
  /** Of the code below the mark, counted from 1. */
  readonly line: number
  /** The requirements that it serves, as in `[15, 63]`. */
  readonly numbers: readonly number[]
  readonly text: string
}

const SOURCES = [
  'packages/*/src/*.ts',
  'apps/server/src/*.ts',
  'apps/web/*/*.ts',
  'pnpm-workspace.yaml',
] as const
const MARK = /(?:\/\/|#) (S\d+(?:, S\d+)*): (.+)$/
const COMMENT = /^\s*(?:[:?] )?(?:\/\/|\/\*|\*|#)/

/** Every mark in code that runs in production, and in `pnpm-workspace.yaml`. */
export function findMarks(): readonly Mark[] {
  return listFiles(...SOURCES)
    .filter((file) => !/\.test\.ts$|contract\.ts$|\/testing\/|^apps\/web\/e2e/.test(file))
    .flatMap((file) => marksIn(file, readFileSync(join(ROOT, file), 'utf8')))
}

function marksIn(file: string, source: string): Mark[] {
  const lines = source.split('\n')
  return lines.flatMap((line, index) => {
    const [, numbers = '', text = ''] = MARK.exec(line) ?? []
    if (text === '') return []
    const below = lines.findIndex((next, at) => at > index && !COMMENT.test(next))
    return [{ file, line: below + 1, numbers: numbers.match(/\d+/g)!.map(Number), text }]
  })
}

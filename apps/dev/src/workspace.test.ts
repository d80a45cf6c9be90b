/** That the commands run on Windows too: its shell knows no `NAME=value command`, and its paths have spaces. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles, requireServable, ROOT, toolOf } from './workspace.ts'

/** What `cmd.exe` does not know: quotes, variables, lists and tools of a POSIX shell. */
const POSIX = /^\w+=|['`$;]|[^&]&[^&]|\b(?:bash|cat|chmod|cp|export|mkdir|mv|rm|sh|touch)\b/

const scripts = listFiles('package.json', '*/package.json').flatMap((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const { scripts: own = {} } = JSON.parse(text) as { scripts?: Record<string, string> }
  return Object.entries(own).map(([name, command]) => ({ file, name, command }))
})

describe('each script of a package.json', () => {
  it('needs no POSIX shell', () => {
    expect(scripts.length).toBeGreaterThan(40)
    expect(scripts.filter(({ command }) => POSIX.test(command))).toEqual([])
  })
})

describe('the command line of a tool', () => {
  it.each([
    ['apps/dev', 'vitest'],
    ['apps/dev', 'oxlint'],
    ['apps/web', 'vite'],
    ['apps/web', '@playwright/test', 'playwright'],
    ['apps/dev', 'typescript', 'tsc'],
  ])('of %s for %s is Node and a file, not a shim', (folder, name, bin = name) => {
    const [node, script] = toolOf(folder, name, bin)
    expect(node).toBe(process.execPath)
    expect(existsSync(script)).toBe(true)
    expect(script).not.toMatch(/\.bin[\\/]|\.(?:cmd|ps1)$/)
    // A shim is a shell script.
    expect(readFileSync(script, 'utf8')).not.toMatch(/^#!.*\bsh\b/)
  })
})

describe('the folder of the workspace', () => {
  it.each(['/home/ada/a#b', '/home/ada/100%/app', '/home/ada/what?'])(
    'must not be %s',
    (folder) => {
      expect(() => requireServable(folder)).toThrow(`in its path: ${folder}\n  Rename the folder`)
    },
  )

  it.each(['/home/ada lovelace/été & co', 'C:\\Users\\Ada (1)\\app'])('may be %s', (folder) => {
    expect(() => requireServable(folder)).not.toThrow()
  })
})

/** The examples of the emulator's README for Jest and Playwright, in a project that installed it. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../ports.ts'
import { ROOT } from '../workspace.ts'
import { runOrThrow } from './pack.ts'

const README = 'packages/emulator/README.md'
/** Where `writeSamples` puts them. */
const EXAMPLES = 'samples/packages/emulator'

/** @param outside folder of the project. */
export async function runJestExample(outside: string): Promise<string> {
  const folder = join(outside, 'jest')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  cpSync(join(outside, EXAMPLES, 'connect.test.js'), join(folder, 'connect.test.js'))
  const [, flag] = /^NODE_OPTIONS=(\S+) npx jest$/m.exec(read(ROOT, README)) ?? []
  if (flag === undefined) throw new Error('the README has no command for Jest')
  return runOrThrow('npx', ['jest'], folder, { NODE_OPTIONS: flag })
}

/** @param chromium path of the browser. */
export async function runPlaywrightExample(outside: string, chromium: string): Promise<string> {
  const folder = join(outside, 'playwright')
  const app = await findFreePort()
  const polar = await findFreePort()
  for (const name of ['playwright.config.ts', 'connect.spec.ts']) {
    // Something else may use the README's ports.
    const text = read(outside, EXAMPLES, name)
      .replace('npx @polar-connect/emulator', `$& --port ${polar}`)
      .replaceAll('localhost:3000', `localhost:${app}`)
      .replaceAll('127.0.0.1:4567', `127.0.0.1:${polar}`)
    writeFileSync(join(folder, name), text)
  }
  return runOrThrow('npx', ['playwright', 'test', '--config=run.config.ts'], folder, {
    APP: `http://localhost:${app}`,
    POLAR: `http://127.0.0.1:${polar}`,
    CHROMIUM_PATH: chromium,
  })
}

const read = (...path: readonly string[]) => readFileSync(join(...path), 'utf8')

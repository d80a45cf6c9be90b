/** A Chromium for the browser tests: the one that is there, or one that is installed now. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, installPackage } from './programs.ts'
import { runCommand } from './run-command.ts'
import { ROOT, binary } from './workspace.ts'

/** The shell first: it is the same engine without the window, and costs a third less of the machine. */
const SHELL = 'chromium-headless-shell'
const NAMES = [SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const APPS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** The path of a Chromium, or undefined where none is and none could be had. */
export async function ensureChromium(): Promise<string | undefined> {
  const found = findChromium()
  if (found !== undefined) return found
  console.log('No Chromium found: installing one.')
  const web = join(ROOT, 'apps/web')
  const own = await runCommand(binary('apps/web', 'playwright'), ['install', 'chromium'], {
    cwd: web,
    quiet: true,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  })
  if (own.code === 0) return await playwrightPath()
  await installPackage(SHELL)
  if (findChromium() === undefined) await installPackage('chromium')
  return findChromium()
}

function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH']
  if (given) return given
  return findProgram(...NAMES) ?? APPS.find((path) => existsSync(path))
}

/** Where Playwright has put its own. */
async function playwrightPath(): Promise<string | undefined> {
  const script =
    "import('@playwright/test').then(({ chromium }) => console.log(chromium.executablePath()))"
  const { output } = await runCommand(process.execPath, ['-e', script], {
    cwd: join(ROOT, 'apps/web'),
    quiet: true,
  })
  return existsSync(output.trim()) ? output.trim() : undefined
}

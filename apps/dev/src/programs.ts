/** Programs that tests need and npm does not bring: found, or installed where that is allowed. */
import { existsSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import { runCommand } from './run-command.ts'
import type { Environment } from './settings.ts'
import { ROOT, toolOf } from './workspace.ts'

interface Program {
  /** Names its path, and wins. */
  readonly variable: string
  readonly names: readonly string[]
  /** Where installers put it outside of the search path. */
  readonly places: readonly string[]
  /** Debian's packages, the one to try first at the front. */
  readonly packages: readonly string[]
  /** Playwright's own download of it. */
  readonly playwright?: 'chromium'
}

const CHROME = 'Google/Chrome/Application/chrome.exe'

const PROGRAMS = {
  // The shell first: the same engine without windows, for two thirds of the work.
  chromium: {
    variable: 'CHROMIUM_PATH',
    names: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'chrome'],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      `C:/Program Files/${CHROME}`,
      `C:/Program Files (x86)/${CHROME}`,
    ],
    packages: ['chromium-headless-shell', 'chromium'],
    playwright: 'chromium',
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    places: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:/Program Files/Mozilla Firefox/firefox.exe',
    ],
    packages: ['firefox-esr'],
  },
  redis: {
    variable: 'REDIS_SERVER_PATH',
    names: ['redis-server', 'valkey-server'],
    places: [],
    packages: ['redis-server'],
  },
} as const satisfies Record<string, Program>

/** The environment variable that names the program; empty when there is none to be had. */
export async function ensureProgram(name: keyof typeof PROGRAMS): Promise<Environment> {
  const program: Program = PROGRAMS[name]
  let path = find(program)
  if (path === undefined) {
    console.log(`No ${name} found: installing one if that is allowed.`)
    if (program.playwright) path = await download(program.playwright)
    for (const wanted of program.packages) {
      if (path === undefined) await installPackage(wanted)
      path ??= find(program)
    }
  }
  return path === undefined ? {} : { [program.variable]: path }
}

function find({ variable, names, places }: Program): string | undefined {
  return (
    process.env[variable] || findProgram(names, process.env) || places.find((at) => existsSync(at))
  )
}

/** The path of the first of `names` in a folder of `PATH`. */
export function findProgram(
  names: readonly string[],
  env: Environment,
  platform: string = process.platform,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  const { delimiter, join } = platform === 'win32' ? win32 : posix
  const suffix = platform === 'win32' ? '.exe' : ''
  // Windows keeps the case in which somebody once wrote it.
  const [, path = ''] = Object.entries(env).find(([key]) => key.toUpperCase() === 'PATH') ?? []
  return path
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name + suffix)))
    .find(exists)
}

async function download(browser: 'chromium'): Promise<string | undefined> {
  const [node, cli] = toolOf('apps/web', '@playwright/test', 'playwright')
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' }
  await runCommand(node, [cli, 'install', browser], { cwd: ROOT, quiet: true, env })
  const { output } = await runCommand(
    node,
    ['-p', `require('@playwright/test').${browser}.executablePath()`],
    { cwd: `${ROOT}apps/web`, quiet: true },
  )
  return existsSync(output.trim()) ? output.trim() : undefined
}

/** Only root of a Debian system may. */
async function installPackage(name: string): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { cwd: ROOT, quiet: true, env }
  await runCommand('apt-get', ['update'], options)
  const packages = ['install', '-y', '--no-install-recommends', name]
  const installed = await runCommand('apt-get', packages, options)
  if (installed.code !== 0) console.error(installed.output)
}

/** Programs that tests need and npm does not bring: found, or installed if allowed. */
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { execa } from 'execa'
import which from 'which'
import { toolOf } from './workspace.ts'

interface Program {
  /** Names its path, and wins. */
  readonly variable: string
  readonly names: readonly string[]
  /** Where installers put it outside the search path. */
  readonly places: readonly string[]
  /** Commands that install it, the first to try at the front. */
  readonly installers: readonly (readonly string[])[]
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
      chromium.executablePath(),
    ],
    installers: [
      [...toolOf('apps/dev', '@playwright/test', 'playwright'), 'install', 'chromium'],
      ...debian('chromium-headless-shell'),
      ...debian('chromium'),
    ],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    places: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:/Program Files/Mozilla Firefox/firefox.exe',
    ],
    installers: debian('firefox-esr'),
  },
  redis: {
    variable: 'REDIS_SERVER_PATH',
    names: ['redis-server', 'valkey-server'],
    places: [],
    installers: debian('redis-server'),
  },
} as const satisfies Record<string, Program>

/** The environment variable that names the program. Empty if there is no such program. */
export async function ensureProgram(
  name: keyof typeof PROGRAMS,
): Promise<Readonly<Record<string, string>>> {
  const program: Program = PROGRAMS[name]
  let path = find(program)
  if (path === undefined) console.log(`No ${name} found: installing one if that is allowed.`)
  for (const [command = '', ...args] of program.installers) {
    if (path !== undefined) break
    const env = {
      DEBIAN_FRONTEND: 'noninteractive',
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
    }
    await execa(command, args, { env, stdin: 'ignore', reject: false })
    path = find(program)
  }
  return path === undefined ? {} : { [program.variable]: path }
}

function find({ variable, names, places }: Program): string | undefined {
  const named = names.map((name) => which.sync(name, { nothrow: true }))
  return process.env[variable] || named.find((path) => path !== null) || places.find(existsSync)
}

/** The commands that install a Debian package. Only root of a Debian system may. */
function debian(name: string): readonly (readonly string[])[] {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return []
  return [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', name],
  ]
}

/**
 * WebKit, as GTK has it: Playwright drives only a build of its own. A WebDriver command is one HTTP
 * call, so this needs no client library.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { freePort } from './app-process.ts'

const DRIVER = process.env['WEBKIT_DRIVER_PATH'] ?? '/usr/bin/WebKitWebDriver'
const SCREEN = process.env['XVFB_PATH'] ?? '/usr/bin/Xvfb'

/** Why this machine has no WebKit to test with. Undefined if it has one. */
export function obstacleOfWebKit(): string | undefined {
  const missing = [DRIVER, SCREEN].filter((path) => !existsSync(path))
  if (missing.length === 0) return undefined
  return `There is no ${missing.join(', and no ')} (Debian: webkit2gtk-driver, xvfb).`
}

export type WebKit = Awaited<ReturnType<typeof startWebKit>>

/** A window of its own. `args` are those of MiniBrowser. */
export async function startWebKit(args: readonly string[] = []) {
  const home = mkdtempSync(join(tmpdir(), 'polar-connect-webkit-'))
  // It finds a free display by itself, and writes its number to the descriptor.
  const screen = spawn(SCREEN, ['-displayfd', '3', '-screen', '0', '1280x900x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [display] = (await once(screen.stdio[3]!, 'data')) as [Buffer]
  const port = await freePort()
  const driver = spawn(DRIVER, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      DISPLAY: `:${display.toString().trim()}`,
      LANG: 'C.UTF-8',
      TZ: 'UTC',
    },
  })

  async function command<Value = unknown>(method: string, path: string, body?: object) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    const { value } = (await answer.json()) as { value: Value }
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }

  await expect(() => command('GET', '/status')).toPass()
  const { sessionId } = await command<{ sessionId: string }>('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        // The page of a callback replaces itself: the driver then waits for a load that never ends.
        pageLoadStrategy: 'none',
        'webkitgtk:browserOptions': { args: ['--automation', ...args] },
      },
    },
  })
  const session = `/session/${sessionId}`

  /** Does `act` with the first element of this XPath, once it is drawn and stays long enough. */
  async function withElement(xpath: string, act?: (path: string) => Promise<unknown>) {
    await expect(async () => {
      const using = { using: 'xpath', value: xpath }
      const found = await command<Record<string, string>>('POST', `${session}/element`, using)
      const path = `${session}/element/${Object.values(found)[0]}`
      expect(await command('GET', `${path}/displayed`), xpath).toBe(true)
      await act?.(path)
    }, xpath).toPass({ timeout: 30_000 })
  }

  const evaluate = <Args extends readonly unknown[], Value>(
    inPage: (...given: Args) => Value,
    ...given: Args
  ) =>
    command<Value>('POST', `${session}/execute/sync`, {
      script: `return (${inPage.toString()})(...arguments)`,
      args: given,
    })

  return {
    /** Goes there, and waits until the page before is gone. */
    async goto(url: string): Promise<void> {
      const begun = () => evaluate(() => performance.timeOrigin)
      const before = await begun()
      await command('POST', `${session}/url`, { url })
      await expect.poll(begun).not.toBe(before)
    },
    reload: () => command('POST', `${session}/refresh`, {}),
    /** Waits until the first element of this XPath is drawn. */
    find: (xpath: string) => withElement(xpath),
    click: (xpath: string) => withElement(xpath, (path) => command('POST', `${path}/click`, {})),
    /** Focuses the first element of this XPath and presses the keys there. */
    press: (xpath: string, text: string) =>
      withElement(xpath, (path) => command('POST', `${path}/value`, { text })),
    /** What `inPage` gives there. It sees nothing from outside of itself but its arguments. */
    evaluate,
    /** As base64 of a PNG. */
    picture: () => command<string>('GET', `${session}/screenshot`),
    async stop(): Promise<void> {
      await command('DELETE', session)
      const gone = [once(driver, 'exit'), once(screen, 'exit')]
      driver.kill()
      screen.kill()
      await Promise.all(gone)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

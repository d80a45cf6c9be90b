/** The dev command as a user runs it: with real processes, on free ports. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { findFreePort, isTaken } from './ports.ts'
import { ROOT } from './workspace.ts'

interface Running {
  readonly process: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

const running: Running[] = []
const servers: Server[] = []

afterEach(async () => {
  for (const { process: child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

function start(env: Record<string, string>, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, ['apps/dev/src/dev.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      // A developer's own settings must not lead this test to the real Polar.
      POLAR_CLIENT_ID: '',
      SESSION_SECRETS: randomBytes(32).toString('base64url'),
      ...env,
    },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const entry = { process: child, output: () => output, ended }
  running.push(entry)
  return entry
}

async function freePorts() {
  const [web, emulator] = [await findFreePort(), await findFreePort()]
  return { web, emulator, env: { PORT: String(web), EMULATOR_PORT: String(emulator) } }
}

/** The status of a GET; `fetch` would not send another Host. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

/** The process that `dev` started with `argument` in its command line. */
function childOf({ process: { pid } }: Running, argument: string): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  const wanted = children.find((child) =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(argument),
  )
  return Number(wanted)
}

const ready = (dev: Running) =>
  expect.poll(dev.output, { timeout: 60_000, interval: 100 }).toContain('Press Ctrl+C to stop')

describe('dev', () => {
  it('starts three servers, says where, and leaves none behind', async () => {
    const { web, emulator, env } = await freePorts()
    const dev = start(env)
    await ready(dev)
    expect(dev.output()).toContain(`  App        http://localhost:${web}`)
    expect(dev.output()).toContain(`  Emulator   http://127.0.0.1:${emulator}`)
    expect(dev.output()).toContain(`Redirect URI:  http://localhost:${web}/auth/callback`)
    expect(
      Math.max(
        ...dev
          .output()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(78)

    expect((await fetch(`http://localhost:${web}/`)).status).toBe(200)
    const session = await fetch(`http://localhost:${web}/bff/session`, {
      headers: { 'X-CSRF': '1' },
    })
    expect(await session.json()).toMatchObject({ server: { name: 'emulator' } })
    expect(dev.output()).toContain(`  Checks     http://localhost:${web}/diagnostics`)
    const checks = await fetch(`http://localhost:${web}/bff/diagnostics`, {
      headers: { 'X-CSRF': '1' },
    })
    expect(await checks.json()).toMatchObject({ app_origin: `http://localhost:${web}` })

    dev.process.kill('SIGINT')
    expect(await dev.ended).toBe(0)
    expect(dev.output()).toMatch(/Stopped\.\n$/)
    expect([await isTaken(web), await isTaken(emulator)]).toEqual([false, false])
  })

  it('says that a port is in use, and takes no other one', async () => {
    const { web, env } = await freePorts()
    const server = createServer()
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(web, '127.0.0.1', resolve))
    const dev = start(env)
    expect(await dev.ended).toBe(1)
    const other = web + 7
    expect(dev.output()).toBe(
      `Port ${web} is in use.\n  Stop what uses it, or run with ` +
        `PORT=${other} (then register http://localhost:${other}/auth/callback).\n`,
    )
  })

  it('reports every fault of the settings at once, and starts nothing', async () => {
    const { env } = await freePorts()
    const dev = start({ ...env, POLAR_CLIENT_ID: 'nonsense', POLAR_SERVER: 'http://polar.example' })
    expect(await dev.ended).toBe(1)
    expect(dev.output()).toMatch(/POLAR_CLIENT_ID( in \.env)? doesn't look right/)
    expect(dev.output()).toMatch(/POLAR_SERVER( in \.env)? should be/)
    expect(dev.output()).toContain(
      "POLAR_CLIENT_SECRET is missing. It is shown next to the client ID in Polar's developer settings.",
    )
    expect(dev.output()).not.toContain('    at ')
  })

  it('starts no emulator with a client of the real Polar, and says which Polar it is', async () => {
    const { emulator, env } = await freePorts()
    const dev = start({
      ...env,
      POLAR_CLIENT_ID: 'polar_ci_FakeFakeFake',
      POLAR_CLIENT_SECRET: 'polar_cs_FakeFakeFake',
      POLAR_SERVER: 'sandbox',
    })
    await ready(dev)
    expect(dev.output()).toContain('  Polar      sandbox.polar.sh')
    expect(dev.output()).not.toContain('Emulator')
    expect(await isTaken(emulator)).toBe(false)
  })

  it('uses APP_ORIGIN, and the page accepts its host name', async () => {
    const { web, env } = await freePorts()
    const app = 'https://3000-name.preview.example'
    const dev = start({ ...env, APP_ORIGIN: app })
    await ready(dev)
    expect(dev.output()).toContain(`  App        ${app} `)
    expect(dev.output()).toContain(`Redirect URI:  ${app}/auth/callback`)
    const page = (host: string) => statusOf(`http://localhost:${web}/`, { Host: host })
    expect(await page('3000-name.preview.example')).toBe(200)
    expect(await page('evil.example')).toBe(403)
    const session = (origin: string) =>
      statusOf(`http://localhost:${web}/bff/session`, { 'X-CSRF': '1', Origin: origin })
    expect(await session(app)).toBe(200)
    expect(await session(`http://localhost:${web}`)).toBe(403)
  })

  it('refuses an address on the network without https, and says what to set', async () => {
    const { env } = await freePorts()
    const dev = start({ ...env, APP_ORIGIN: 'http://192.168.1.20:5173' })
    expect(await dev.ended).toBe(1)
    expect(dev.output()).toMatch(/APP_ORIGIN .*https/)
  })

  it('opens the page to the network with --host, and says what a phone needs', async () => {
    const { web, env } = await freePorts()
    const dev = start(env, '--host')
    await ready(dev)
    const [, address = ''] = /A phone can open (\S+), but/.exec(dev.output()) ?? []
    expect(new URL(address).port).toBe(String(web))
    expect(await statusOf(address, {})).toBe(200)
  })

  it.runIf(process.platform === 'linux')(
    'stops everything when one of them dies, and quotes it',
    async () => {
      const { web, emulator, env } = await freePorts()
      const dev = start(env)
      await ready(dev)
      process.kill(childOf(dev, 'packages/emulator'), 'SIGKILL')
      expect(await dev.ended).toBe(1)
      expect(dev.output()).toContain('emu stopped')
      expect([await isTaken(web), await isTaken(emulator)]).toEqual([false, false])
    },
  )

  it('leaves no orphan when it is killed itself', async () => {
    const { web, emulator, env } = await freePorts()
    const dev = start(env)
    await ready(dev)
    dev.process.kill('SIGKILL')
    await dev.ended
    const taken = async () => [await isTaken(web), await isTaken(emulator)]
    await expect.poll(taken, { timeout: 30_000 }).toEqual([false, false])
  })
})

/** A real Redis of a test's own: on a free port of this machine, keeping nothing on disk. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { Redis } from 'ioredis'

const COMMAND = process.env['REDIS_SERVER_PATH'] || 'redis-server'

/** Where there is none, what needs one is skipped and says so: `test` installs one where it can. */
export const hasRedis: boolean = spawnSync(COMMAND, ['--version']).status === 0

/** Lets time pass: every value has that much less to live. */
const ADVANCE = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  if left >= 0 then redis.call('PEXPIRE', key, left - tonumber(ARGV[1])) end
end`

export interface RedisServer {
  readonly url: string
  /** Lets time pass for what it keeps. */
  advance(seconds: number): Promise<void>
  /** Every key and value that it holds. */
  dump(): Promise<Map<string, string>>
  flush(): Promise<void>
  /** Stops answering, and keeps its connections and its data. */
  freeze(): void
  thaw(): void
  /** Ends at once, and forgets everything. */
  kill(): Promise<void>
  /** The same address, empty. */
  restart(): Promise<void>
  close(): Promise<void>
}

const running = new Set<ChildProcess>()
// A test run that breaks off leaves nothing behind.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')))

/** @param more arguments of the command line. */
export async function startRedisServer(...more: string[]): Promise<RedisServer> {
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let child = await start(port, more)
  let control = new Redis(url)

  async function kill(): Promise<void> {
    control.disconnect()
    const ended = once(child, 'exit')
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    else return
    await ended
  }

  return {
    url,
    async advance(seconds) {
      await control.eval(ADVANCE, 0, String(seconds * 1000))
    },
    async dump() {
      const all = new Map<string, string>()
      for (const key of await control.keys('*')) all.set(key, (await control.get(key)) ?? '')
      return all
    },
    flush: async () => void (await control.flushall()),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill,
    async restart() {
      child = await start(port, more)
      control = new Redis(url)
    },
    close: kill,
  }
}

async function start(port: number, more: readonly string[]): Promise<ChildProcess> {
  const where = ['--port', String(port), '--bind', '127.0.0.1']
  const nothingOnDisk = ['--save', '', '--appendonly', 'no']
  const child = spawn(COMMAND, [...where, ...nothingOnDisk, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
      if (output.includes('Ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`redis-server did not start:\n${output}`)))
  })
  return child
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

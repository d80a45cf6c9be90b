/** Calls without a pause over a few kept connections, and what they cost. */
import { Agent, request, type IncomingMessage } from 'node:http'
import { readFileSync } from 'node:fs'

export interface Target {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The process that answers. */
  readonly pid: number
}

export interface Load {
  readonly callsPerSecond: number
  /** What the answering process spent on each call. NaN where the system does not tell. */
  readonly cpuMicroseconds: number
  /** Nine of ten, and so on: `percentile(0.95)` milliseconds is what 95 of 100 calls stay within. */
  percentile(share: number): number
}

/** @param connections how many callers there are at once, each waiting for its answer. */
export async function load(target: Target, calls: number, connections: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const before = cpuSeconds(target.pid)
  const startedAt = performance.now()
  let left = calls
  const caller = async () => {
    while (left > 0) {
      left -= 1
      const sentAt = performance.now()
      await call(target, agent)
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: connections }, caller))
  const seconds = (performance.now() - startedAt) / 1000
  const spent = cpuSeconds(target.pid) - before
  agent.destroy()
  times.sort((left, right) => left - right)
  return {
    callsPerSecond: calls / seconds,
    cpuMicroseconds: (spent / calls) * 1e6,
    percentile: (share) => times[Math.floor(times.length * share)] ?? NaN,
  }
}

async function call({ url, headers }: Target, agent: Agent): Promise<void> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { agent, headers }, resolve).once('error', reject).end()
  })
  let body = ''
  for await (const chunk of answer) body += String(chunk)
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${body}`)
}

/** The clock of processes ticks a hundred times a second, on every Linux. */
const TICKS_PER_SECOND = 100

function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return (Number(user) + Number(system)) / TICKS_PER_SECOND
  } catch {
    // Not a Linux: the calls a second say enough.
    return NaN
  }
}

/** Calls without a pause over a few kept connections, and their cost. */
import { readdirSync, readFileSync } from 'node:fs'
import { Client, type Dispatcher } from 'undici'

export interface Target {
  readonly origin: string
  readonly path: string
  /** Of the next call. */
  readonly headers: () => Readonly<Record<string, string>>
  /** The process that answers. */
  readonly pid: number
}

export interface Load {
  readonly calls: number
  readonly seconds: number
  /** The processor time of the answering process. NaN if the system does not tell. */
  readonly cpuSeconds: number
  /** Milliseconds of each call. */
  readonly times: readonly number[]
}

/** @param connections the number of callers. Each waits for its answer before the next call. */
export async function load(target: Target, seconds: number, connections: number): Promise<Load> {
  const times: number[] = []
  const before = cpuSeconds(target.pid)
  const startedAt = performance.now()
  let calls = 0
  const caller = async () => {
    const client = new Client(target.origin)
    while (performance.now() - startedAt < seconds * 1000) {
      const sentAt = performance.now()
      await call(client, target)
      calls += 1
      times.push(performance.now() - sentAt)
    }
    await client.close()
  }
  await Promise.all(Array.from({ length: connections }, caller))
  return {
    calls,
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: cpuSeconds(target.pid) - before,
    times,
  }
}

export function medianOf(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN
}

/** Fails unless the answer is a whole 200. */
function call(client: Client, { path, headers }: Target): Promise<void> {
  return new Promise((resolve, reject) => {
    let status = 0
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: (_, code) => void (status = code),
      onResponseData: () => undefined,
      onResponseEnd: () => (status === 200 ? resolve() : reject(new Error(`${path}: ${status}`))),
      onResponseError: (_, error) => reject(error),
    }
    client.dispatch({ path, method: 'GET', headers: headers() }, handler)
  })
}

/** All threads of the process, by the kernel's own count. */
function cpuSeconds(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const spent = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    )
    return spent.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e9
  } catch {
    // Not Linux: the calls a second are enough.
    return NaN
  }
}

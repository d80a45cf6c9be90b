/** Faults of ours that no one handles: a browser writes them to its console. */

/** Those that happen while `work` runs, which would fail the test otherwise. */
export async function faultsDuring(work: () => Promise<void>): Promise<readonly unknown[]> {
  const faults: unknown[] = []
  const others = process.rawListeners('unhandledRejection') as (() => void)[]
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (fault) => void faults.push(fault))
  try {
    await work()
    // Node tells after the promises that are due.
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const other of others) process.on('unhandledRejection', other)
  }
  return faults
}

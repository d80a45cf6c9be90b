/** Ports of this computer: whether one is taken, and one that is free. */
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** Whether something listens on `port` already, on either loopback address or on all addresses. */
export async function isTaken(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0', '::']) {
    // A computer without IPv6 answers EADDRNOTAVAIL or EAFNOSUPPORT.
    if ((await tryPort(port, host)) === 'EADDRINUSE') return true
  }
  return false
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}

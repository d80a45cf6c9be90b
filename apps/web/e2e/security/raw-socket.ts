/** Bytes as they are, past what any HTTP client would correct. */
import { connect } from 'node:net'

/** Sends `bytes` and gives all that came until the connection ended, by either side. */
export function sendBytes(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost')
    let received = ''
    socket.on('data', (chunk) => (received += chunk.toString('latin1')))
    // The server hangs up on a client that sends too much. The answer before that counts.
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(received))
    socket.write(bytes)
  })
}

/** A request by its first line and headers, `Connection: close` among them. */
export function head(line: string, headers: Readonly<Record<string, string>>): string {
  const all = { Host: 'localhost', Connection: 'close', 'X-CSRF': '1', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${[line, ...lines].join('\r\n')}\r\n\r\n`
}

/**
 * AWS before a function, as far as the function sees it: each request becomes an event of payload
 * format 2.0, and what the handler gives back becomes an answer.
 *
 *   node lambda-shim.ts url       a function URL, answered in one piece
 *   node lambda-shim.ts stream    a function URL whose invoke mode is RESPONSE_STREAM
 *   node lambda-shim.ts gateway   an HTTP API, which decodes the path and cuts it at a `?` inside
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'

interface Head {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
}

interface Whole extends Head {
  readonly body: string
  readonly isBase64Encoded: boolean
}

interface Lambda {
  handler(event: object): Promise<Whole>
  streamHandler(event: object, stream: Writable): Promise<void>
}

const [mode = 'url'] = process.argv.slice(2)

Reflect.set(globalThis, 'awslambda', {
  streamifyResponse: <Handler>(handler: Handler) => handler,
  HttpResponseStream: {
    from(stream: ServerResponse, head: Head) {
      return stream.writeHead(head.statusCode, toHeaders(head))
    },
  },
})
const { handler, streamHandler } = (await import(
  new URL('../../../server/dist/lambda/index.js', import.meta.url).href
)) as Lambda

const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
server.listen(Number(process.env['PORT']), 'localhost')

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const event = await toEvent(incoming)
  if (event === undefined) outgoing.writeHead(400).end()
  else if (mode === 'stream') await streamHandler(event, outgoing)
  else {
    const result = await handler(event)
    outgoing.writeHead(result.statusCode, toHeaders(result))
    outgoing.end(Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'))
  }
}

function toHeaders({ headers, cookies }: Head): Record<string, string | string[]> {
  return { ...headers, ...(cookies.length > 0 && { 'set-cookie': [...cookies] }) }
}

/** Undefined for what never reaches a function. */
async function toEvent(incoming: IncomingMessage): Promise<object | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const [path = '', ...rest] = (incoming.url ?? '').split('?')
  const rawPath = mode === 'gateway' ? decoded(path) : path
  if (rawPath === undefined || !rawPath.startsWith('/')) return undefined
  const { cookie, ...others } = incoming.headers
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, [value].flat().join(',')]),
  )
  const sourceIp = incoming.socket.remoteAddress ?? ''
  const forwarded = headers['x-forwarded-for']
  const isText = /^(text\/|application\/(json|xml|javascript))/.test(headers['content-type'] ?? '')
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: rest.join('?'),
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: {
      ...headers,
      'x-forwarded-for': forwarded === undefined ? sourceIp : `${forwarded}, ${sourceIp}`,
      'x-forwarded-proto': 'https',
    },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'example',
      domainName: 'example.lambda-url.test',
      http: {
        method: incoming.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: crypto.randomUUID(),
      routeKey: '$default',
      stage: '$default',
      timeEpoch: Date.now(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path).split('?')[0]
  } catch {
    return undefined
  }
}

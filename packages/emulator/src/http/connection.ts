/** Sends answers, over a socket or without one. A fault can break the connection instead. */
import { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Http2Bindings, HttpBindings } from '@hono/node-server'

export interface Connection {
  /** A fault sets it. The caller then gets no answer, or half of it. */
  fate: 'answer' | 'break' | 'drop' | 'hang'
}

type Answering = (request: Request, connection: Connection) => Response | Promise<Response>

/**
 * Answers without a socket.
 *
 * @throws TypeError for a dropped connection, as `fetch` does. For a hanging request: the abort
 *   reason of its signal.
 */
export async function answerDirectly(answer: Answering, request: Request): Promise<Response> {
  const connection: Connection = { fate: 'answer' }
  const response = await answer(request, connection)
  if (connection.fate === 'answer') return response
  if (connection.fate === 'break') {
    const body = new ReadableStream({ start: (stream) => stream.error(dropped()) })
    return new Response(body, response)
  }
  if (connection.fate === 'drop') throw dropped()
  return new Promise((_resolve, reject) => {
    const { signal } = request
    const give = () => reject(signal.reason as Error)
    if (signal.aborted) give()
    else signal.addEventListener('abort', give, { once: true })
  })
}

/** Answers over a socket. A drop destroys the socket; a hang leaves it open and silent. */
export async function answerOverSocket(
  answer: Answering,
  request: Request,
  { outgoing }: HttpBindings | Http2Bindings,
): Promise<Response> {
  const connection: Connection = { fate: 'answer' }
  const response = await answer(request, connection)
  if (connection.fate === 'answer') return response
  if (connection.fate === 'drop') outgoing.destroy()
  if (connection.fate === 'break' && outgoing instanceof ServerResponse) {
    const body = Buffer.from(await response.arrayBuffer())
    // The body is shorter than its `Content-Length`, so clients notice that it is incomplete.
    outgoing.statusCode = response.status
    outgoing.setHeaders(new Headers([...response.headers, ['Content-Length', `${body.length}`]]))
    outgoing.write(body.subarray(0, Math.ceil(body.length / 2)), () => outgoing.destroy())
  }
  return RESPONSE_ALREADY_SENT
}

function dropped(): TypeError {
  return new TypeError('fetch failed: connection dropped by a fault')
}

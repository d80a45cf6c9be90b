/**
 * The upstream of a busy Node server: undici, which its `fetch` is built on, without `fetch`. A small
 * call takes a third of the processor time.
 */
import { Agent, type Dispatcher } from 'undici'
import type { Body } from '../../runtime/bounded-body.ts'
import { isNullBodyStatus, type AnswerHeaders, type Upstream } from '../upstream.ts'

/** A smaller answer is read whole: streaming it costs more than waiting for its end. */
const WHOLE_BYTES = 64 * 1024

/** Some proxies refuse requests without a user agent. */
const HEADERS = { 'user-agent': 'polar-connect', 'accept-encoding': 'gzip' }

type Bytes = Uint8Array<ArrayBuffer>

/** Takes an answer's bytes as they come. */
interface Sink {
  take(chunk: Bytes): void
  end(): void
  fail(error: Error): void
}

/**
 * Sends requests with undici. Needs the package `undici`.
 *
 * @param dispatcher keeps the connections. undici's `EnvHttpProxyAgent` goes through a proxy.
 * @example
 * createBff({ ...options, upstream: createUndiciUpstream() })
 */
export function createUndiciUpstream(
  dispatcher: Dispatcher = new Agent({ allowH2: false }),
): Upstream {
  return ({ origin, pathname, search }, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      let call: Dispatcher.DispatchController | undefined
      let sink: Sink | undefined
      const giveUp = () => {
        const reason = signal.reason as Error
        call?.abort(reason)
        // A request that waits for a connection learns of it only once it has one.
        reject(reason)
      }
      // S38: also before the answer begins
      signal.addEventListener('abort', giveUp, { once: true })
      const options = {
        origin,
        path: pathname + search,
        method,
        headers: { ...HEADERS, ...headers },
        body: body ?? null,
      }
      dispatcher.dispatch(options, {
        onRequestStart(controller) {
          call = controller
          if (signal.aborted) giveUp()
        },
        onResponseStart(controller, status, lines) {
          if (status < 200) return
          const received = toHeaders(lines)
          const answer = (content: Body) => resolve({ status, headers: received, body: content })
          const encoding = received.get('Content-Encoding')?.toLowerCase() ?? 'identity'
          const length = Number(received.get('Content-Length') ?? NaN)
          if (method === 'HEAD' || isNullBodyStatus(status)) {
            sink = gather(() => answer(null))
          } else if (encoding === 'identity' && length <= WHOLE_BYTES) {
            sink = gather(answer)
          } else {
            sink = stream(controller, (content) => answer(unpack(content, encoding)))
          }
        },
        onResponseData: (_, chunk) => sink?.take(chunk as Buffer<ArrayBuffer>),
        onResponseEnd: () => sink?.end(),
        onResponseError(_, error) {
          reject(error)
          sink?.fail(error)
        },
      })
    })
}

/** Making `Headers` of them would cost more than all that is ever read of them. */
function toHeaders(lines: Readonly<Record<string, string | string[] | undefined>>): AnswerHeaders {
  const get = (name: string) => {
    const value = lines[name.toLowerCase()]
    return (typeof value === 'string' ? value : value?.join(', ')) ?? null
  }
  return {
    get,
    has: (name) => get(name) !== null,
    *[Symbol.iterator](): Iterator<[string, string]> {
      for (const [name, values] of Object.entries(lines)) {
        for (const value of [values ?? []].flat()) yield [name, value]
      }
    },
  }
}

/** @throws {Error} for an encoding that was not asked for. */
function unpack(packed: ReadableStream<Bytes>, encoding: string): ReadableStream<Bytes> {
  if (encoding === 'identity') return packed
  if (encoding !== 'gzip') throw new Error(`an answer encoded as ${encoding}`)
  return packed.pipeThrough(new DecompressionStream('gzip'))
}

function gather(done: (whole: Bytes) => void): Sink {
  const chunks: Bytes[] = []
  return {
    take: (chunk) => void chunks.push(chunk),
    end: () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    fail: () => undefined,
  }
}

/** Pauses the connection while no one reads, and frees it when no one will. */
function stream(
  call: Dispatcher.DispatchController,
  begin: (stream: ReadableStream<Bytes>) => void,
): Sink {
  let controller: ReadableStreamDefaultController<Bytes>
  begin(
    new ReadableStream<Bytes>({
      start: (given) => void (controller = given),
      pull: () => call.resume(),
      cancel: (reason) => call.abort(reason instanceof Error ? reason : new Error('not read')),
    }),
  )
  return {
    take(chunk) {
      // The parser may pass on nothing after a pause. Pausing again for it would never end.
      if (chunk.byteLength === 0) return
      controller.enqueue(chunk)
      // S38: read no faster than the client does
      if ((controller.desiredSize ?? 0) <= 0) call.pause()
    },
    end: () => controller.close(),
    fail: (error) => controller.error(error),
  }
}

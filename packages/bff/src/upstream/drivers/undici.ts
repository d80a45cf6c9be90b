/**
 * The upstream of a busy Node: the client that its `fetch` is built on, without `fetch`. A small call
 * costs the processor a third of what it costs there.
 */
import { Agent, type Dispatcher } from 'undici'
import { isNullBodyStatus, type Body, type Upstream } from '../upstream.ts'

/** An answer up to this is taken whole: to stream it costs more than to wait for its end. */
const WHOLE_BYTES = 64 * 1024

/** `fetch` names itself too: there are fronts that refuse who does not. */
const HEADERS = { 'user-agent': 'polar-connect', 'accept-encoding': 'gzip' }

type Bytes = Uint8Array<ArrayBuffer>

/** Where an answer's bytes go as they come. */
interface Sink {
  take(chunk: Bytes): void
  end(): void
  fail(error: Error): void
}

/** @param dispatcher keeps the connections; undici's `EnvHttpProxyAgent` goes through a proxy. */
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
        // What still waits for a connection hears of it once it has one.
        reject(reason)
      }
      // S38: also before the answer begins
      signal.addEventListener('abort', giveUp, { once: true })
      const options = {
        origin,
        path: pathname + search,
        method,
        headers: { ...HEADERS, ...Object.fromEntries(headers) },
        body: body ?? null,
      }
      dispatcher.dispatch(options, {
        onRequestStart(controller) {
          call = controller
          if (signal.aborted) giveUp()
        },
        onResponseStart(controller, status) {
          if (status < 200) return
          const received = toHeaders(controller.rawHeaders as readonly (Buffer | string)[])
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

/** As Latin-1, which is what `Headers` holds, whatever it was meant to be. */
function toHeaders(raw: readonly (Buffer | string)[]): Headers {
  const text = (index: number) => raw[index]?.toString('latin1') ?? ''
  const headers = new Headers()
  for (let index = 0; index < raw.length; index += 2) headers.append(text(index), text(index + 1))
  return headers
}

/** @throws {Error} for a packing that was not asked for. */
function unpack(packed: ReadableStream<Bytes>, encoding: string): ReadableStream<Bytes> {
  if (encoding === 'identity') return packed
  if (encoding !== 'gzip') throw new Error(`an answer packed as ${encoding}`)
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

/** Holds the connection back while nobody reads, and lets go of it when nobody will. */
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
      // The parser may begin again with nothing, and to hold it back for that would be without end.
      if (chunk.byteLength === 0) return
      controller.enqueue(chunk)
      // S38: read no faster than the client does
      if ((controller.desiredSize ?? 0) <= 0) call.pause()
    },
    end: () => controller.close(),
    fail: (error) => controller.error(error),
  }
}

/** A body that may not be longer than it should: counted by what really comes, whatever it claims. */
import type { Body } from '../upstream/upstream.ts'

/**
 * `body`, which breaks with what `tooLong` makes at the first byte beyond `limitBytes`.
 *
 * @throws what `tooLong` makes, at once where the whole of the body is here already.
 */
export function bounded(body: Body, limitBytes: number, tooLong: () => Error): Body {
  if (body instanceof Uint8Array && body.byteLength > limitBytes) throw tooLong()
  if (!(body instanceof ReadableStream)) return body
  let length = 0
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      length += chunk.byteLength
      if (length > limitBytes) controller.error(tooLong())
      else controller.enqueue(chunk)
    },
  })
  return body.pipeThrough(count)
}

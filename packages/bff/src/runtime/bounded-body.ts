/** Bodies with a limit on the bytes that really come. Their headers do not count. */

/** Unpacked bytes: still streaming, or whole if all of them are here. */
export type Body = ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer> | null

/**
 * `body`, which fails with the error of `tooLong` at the first byte beyond `limitBytes`.
 *
 * @throws the error of `tooLong` at once, if all of the body is here and too long.
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

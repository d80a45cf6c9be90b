/** A body that may not be longer than it should: counted by what really comes, whatever it claims. */

/** Passes on up to `limitBytes`, and breaks with what `tooLong` makes at the first byte beyond. */
export function byteLimit(
  limitBytes: number,
  tooLong: () => Error,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let length = 0
  return new TransformStream({
    transform(chunk, controller) {
      length += chunk.byteLength
      if (length > limitBytes) controller.error(tooLong())
      else controller.enqueue(chunk)
    },
  })
}

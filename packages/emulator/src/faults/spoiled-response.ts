/** Answers that arrive but are not what they claim to be. No client should trust them. */
import { gzipSync } from 'node:zlib'
import type { FaultRule } from './fault.ts'

export type SpoiledKind = 'malformed' | 'empty' | 'html' | 'redirect' | 'endless' | 'gzip_bomb'

const BOMB_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 16 * 1024
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** `status` and `headers` of the rule override the defaults of its kind. */
export function spoiledResponse(kind: SpoiledKind, rule: FaultRule): Response {
  const { status: usual, headers, body } = usualOf(kind)
  return new Response(body, {
    status: rule.status ?? usual,
    headers: { ...headers, ...rule.headers },
  })
}

function usualOf(kind: SpoiledKind): {
  status: number
  headers: Record<string, string>
  body: ConstructorParameters<typeof Response>[0]
} {
  switch (kind) {
    case 'malformed':
      return { status: 200, headers: JSON_TYPE, body: '{"items": [{"id": ' }
    case 'empty':
      return { status: 200, headers: JSON_TYPE, body: null }
    case 'html': {
      const headers = { 'Content-Type': 'text/html; charset=utf-8' }
      return { status: 502, headers, body: '<!doctype html><h1>502 Bad Gateway</h1>' }
    }
    case 'redirect':
      // `.invalid` never resolves (RFC 2606 §2), so a client that follows it fails.
      return { status: 307, headers: { Location: 'https://elsewhere.invalid/' }, body: null }
    case 'endless':
      return { status: 200, headers: JSON_TYPE, body: endlessList() }
    case 'gzip_bomb': {
      const headers = { ...JSON_TYPE, 'Content-Encoding': 'gzip' }
      return { status: 200, headers, body: gzipSync(Buffer.alloc(BOMB_BYTES, ' ')) }
    }
  }
}

/** A list that begins correctly and never ends. */
function endlessList(): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode('{"items": [')),
    pull: (controller) => controller.enqueue(new Uint8Array(CHUNK_BYTES).fill(0x20)),
  })
}

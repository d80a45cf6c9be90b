/** Answers that no client should trust: each arrives, and none is what it says it is. */
import { gzipSync } from 'node:zlib'
import type { FaultRule } from './fault.ts'

export type SpoiledKind = 'malformed' | 'empty' | 'html' | 'redirect' | 'endless' | 'gzip_bomb'

const BOMB_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 16 * 1024
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** `status` and `headers` of the rule count more than those of its kind. */
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
      // `.invalid` resolves nowhere (RFC 2606 §2), so whoever follows it is found out.
      return { status: 307, headers: { Location: 'https://elsewhere.invalid/' }, body: null }
    case 'endless':
      return { status: 200, headers: JSON_TYPE, body: endlessList() }
    case 'gzip_bomb': {
      const headers = { ...JSON_TYPE, 'Content-Encoding': 'gzip' }
      return { status: 200, headers, body: gzipSync(Buffer.alloc(BOMB_BYTES, ' ')) }
    }
  }
}

/** A list that begins well and then goes on for as long as anybody reads. */
function endlessList(): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode('{"items": [')),
    pull: (controller) => controller.enqueue(new Uint8Array(CHUNK_BYTES).fill(0x20)),
  })
}

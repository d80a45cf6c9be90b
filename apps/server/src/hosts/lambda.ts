/**
 * The entry for AWS Lambda: the BFF and the built app behind a function URL or an HTTP API.
 * `handler` answers in one piece and works with both. `streamHandler` streams: it needs a function URL
 * whose invoke mode is RESPONSE_STREAM.
 */
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { fileURLToPath } from 'node:url'
import { clientAddress } from '@polar-connect/bff/env'
import type { Context } from 'hono'
import { createBackground, type Background } from '../background.ts'
import { builtAt } from '../built-at.ts'
import { targetOf, toHead, toRequest, type AnswerHead, type HttpEvent } from './lambda-event.ts'
import { createServerless } from './serverless.ts'
import { openRedis } from '../redis.ts'
import { createStaticFiles } from '../page/static-files.ts'

/** A global of the Lambda runtime. */
declare const awslambda:
  | {
      streamifyResponse<Handler>(handler: Handler): Handler
      readonly HttpResponseStream: { from(stream: Writable, head: AnswerHead): Writable }
    }
  | undefined

const root = fileURLToPath(new URL('web', import.meta.url))

const serve = createServerless(process.env, {
  builtAt,
  options: { rawTarget: (c) => targetOf(eventOf(c)) },
  coordinator: openRedis,
  sharesBy: 'Set REDIS_URL.',
  clientAddress(c, config) {
    const { sourceIp } = eventOf(c).requestContext.http
    const hops = c.req.header('X-Forwarded-For')?.split(/\s*,\s*/) ?? []
    // An HTTP API appends the connection's address, which `clientAddress` adds as well.
    if (hops.at(-1) === sourceIp) hops.pop()
    return clientAddress(sourceIp, hops.join(',') || undefined, config.trustedProxies)
  },
  page: (strict) => createStaticFiles(root, strict).fetch,
})

function eventOf(c: Context): HttpEvent {
  return (c.env as { readonly event: HttpEvent }).event
}

async function answer(
  event: HttpEvent,
  { context }: Background,
  signal: AbortSignal,
): Promise<Response> {
  const request = toRequest(event, signal)
  if (request === undefined) return new Response('Method not allowed', { status: 405 })
  return serve(request, { event }, context)
}

export interface WholeAnswer extends AnswerHead {
  readonly body: string
  readonly isBase64Encoded: true
}

export async function handler(event: HttpEvent): Promise<WholeAnswer> {
  const background = createBackground()
  const response = await answer(event, background, new AbortController().signal)
  const body = Buffer.from(await response.arrayBuffer()).toString('base64')
  // Lambda freezes the process after the answer, so a refresh must end first.
  await background.settled()
  return { ...toHead(response), body, isBase64Encoded: true }
}

/** Undefined if the runtime cannot stream. */
export const streamHandler =
  typeof awslambda === 'undefined'
    ? undefined
    : awslambda.streamifyResponse(async (event: HttpEvent, stream: Writable) => {
        const background = createBackground()
        const abort = new AbortController()
        stream.once('close', () => abort.abort())
        const response = await answer(event, background, abort.signal)
        const outgoing = awslambda.HttpResponseStream.from(stream, toHead(response))
        try {
          // Without a write the stream would not send its headers.
          const body =
            response.body === null ? [''] : Readable.fromWeb(response.body as ReadableStream)
          await pipeline(body, outgoing)
        } catch {
          // The caller disconnected, or Polar's answer broke off. Half an answer can only be cut off.
          outgoing.destroy()
        }
        await background.settled()
      })

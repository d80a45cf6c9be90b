import { createServer } from 'node:https'
import { brotliCompressSync, deflateSync } from 'node:zlib'
import { generate } from 'selfsigned'
import { Agent } from 'undici'
import { describe, expect, it, vi } from 'vitest'
import { createFetchUpstream } from './drivers/fetch.ts'
import { createUndiciUpstream } from './drivers/undici.ts'
import { describeUpstreamContract, get, listen, startPolar, textOf } from './contract.ts'

describeUpstreamContract('fetch', createFetchUpstream)
describeUpstreamContract('undici', createUndiciUpstream)

describe('the undici upstream alone', () => {
  const upstream = createUndiciUpstream()

  it('gives a small answer whole', async () => {
    const { url } = await startPolar((outgoing) => outgoing.end('small'))
    const { body } = await upstream(url, get())
    expect(body).toBeInstanceOf(Uint8Array)
  })

  it.each([
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('refuses an answer encoded as %s, which it did not ask for', async (encoding, pack) => {
    const { url, connections } = await startPolar((outgoing) => {
      outgoing.writeHead(200, { 'Content-Encoding': encoding }).end(pack('packed'))
    })
    await expect(upstream(url, get())).rejects.toThrow(`an answer encoded as ${encoding}`)
    await vi.waitFor(() => expect(connections()).toBe(0), 20_000)
  })

  it('speaks TLS, but only with a valid certificate', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }])
    const server = createServer({ key, cert }, (_, outgoing) => outgoing.end('secret'))
    const url = new URL(`https://localhost:${await listen(server)}/`)
    await expect(upstream(url, get())).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
    const trusting = createUndiciUpstream(new Agent({ connect: { ca: cert } }))
    expect(await textOf(await trusting(url, get()))).toBe('secret')
  })
})

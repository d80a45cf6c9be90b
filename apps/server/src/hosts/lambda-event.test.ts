import { describe, expect, it } from 'vitest'
import { targetOf, toHead, toRequest, type HttpEvent } from './lambda-event.ts'

const { signal } = new AbortController()

function event(more: Partial<HttpEvent> = {}, method = 'GET'): HttpEvent {
  return {
    rawPath: '/bff/session',
    rawQueryString: '',
    headers: { host: 'app.example', 'x-csrf': '1' },
    isBase64Encoded: false,
    requestContext: { http: { method, sourceIp: '192.0.2.1' } },
    ...more,
  }
}

describe('a Lambda event', () => {
  it('keeps path and query apart, even if Lambda decoded them', () => {
    const odd = event({ rawPath: '/a?b#c//d é', rawQueryString: 'x=%2F&x=2' })
    expect(new URL(toRequest(odd, signal)?.url ?? '')).toMatchObject({
      pathname: '/a%3Fb%23c//d%20%C3%A9',
      search: '?x=%2F&x=2',
      hash: '',
    })
    expect(targetOf(odd)).toBe('/a?b#c//d é?x=%2F&x=2')
    expect(targetOf(event())).toBe('/bff/session')
  })

  it('keeps every cookie unchanged, even with the same name', () => {
    const request = toRequest(event({ cookies: ['a=1', 'b="2"', 'a=3'] }), signal)
    expect(request?.headers.get('Cookie')).toBe('a=1; b="2"; a=3')
  })

  it('loses only the headers and cookies that no request can hold', () => {
    const odd = event({
      headers: { 'x-city': '東京', 'x-lines': 'a\nb', 'x-name': 'Jos\u00e9' },
      cookies: ['city=東京', 'a=1'],
    })
    expect([...(toRequest(odd, signal)?.headers ?? [])]).toEqual([
      ['cookie', 'a=1'],
      ['x-name', 'Jos\u00e9'],
    ])
  })

  it('keeps a body as text or as bytes', async () => {
    const text = '{"label":"東京"}'
    for (const [body, isBase64Encoded] of [
      [text, false],
      [Buffer.from(text).toString('base64'), true],
    ] as const) {
      const request = toRequest(event({ body, isBase64Encoded }, 'POST'), signal)
      expect(await request?.text()).toBe(text)
    }
    expect(toRequest(event({ body: 'ignored' }), signal)?.body).toBe(null)
  })

  it.each(['TRACE', 'CONNECT'])('is not a request with %s', (method) => {
    expect(toRequest(event({}, method), signal)).toBeUndefined()
  })
})

describe('the head of a response', () => {
  it('S20: has each cookie as a separate entry', () => {
    const headers = new Headers({ 'Content-Type': 'text/plain' })
    const cookies = ['a=1; Path=/', 'b=; Max-Age=0', 'c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT']
    for (const cookie of cookies) headers.append('Set-Cookie', cookie)
    expect(toHead(new Response('', { status: 201, headers }))).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'text/plain' },
      cookies,
    })
  })
})

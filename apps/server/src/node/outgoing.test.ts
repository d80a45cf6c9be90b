import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEnvReader, type ConfigError } from '@polar-connect/bff/env'
import { createUndiciUpstream } from '@polar-connect/bff/drivers/undici'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkProxies, createDispatcher } from './outgoing.ts'

let proxy: Server
let at: string
/** The hosts that the proxy was asked to connect to. */
let asked: string[]

beforeAll(async () => {
  proxy = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  at = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
})
afterAll(() => void proxy.close())
beforeEach(() => {
  asked = []
})

/** The call always fails: the proxy refuses to connect, and the hosts do not exist. */
async function call(env: object, url: string): Promise<readonly string[]> {
  const dispatcher = createDispatcher(createEnvReader(env))
  const upstream = createUndiciUpstream(dispatcher)
  const { signal } = new AbortController()
  await expect(upstream(new URL(url), { method: 'GET', headers: {}, signal })).rejects.toThrow(
    Error,
  )
  await dispatcher.destroy()
  return asked
}

describe('a call to Polar', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://PROXY' }, 'https://api.invalid/', ['api.invalid:443']],
    [{ https_proxy: 'http://PROXY' }, 'https://api.invalid/', ['api.invalid:443']],
    [{ HTTPS_PROXY: 'PROXY' }, 'https://api.invalid/', ['api.invalid:443']],
    [{ ALL_PROXY: 'http://PROXY' }, 'https://api.invalid/', ['api.invalid:443']],
    [{ all_proxy: 'http://PROXY' }, 'https://api.invalid/', ['api.invalid:443']],
    [
      { HTTPS_PROXY: 'http://PROXY', NO_PROXY: 'localhost' },
      'https://api.invalid/',
      ['api.invalid:443'],
    ],
    [{ HTTPS_PROXY: 'http://PROXY', NO_PROXY: '.invalid' }, 'https://api.invalid/', []],
    [{ HTTPS_PROXY: 'http://PROXY', no_proxy: 'api.invalid' }, 'https://api.invalid/', []],
    [{ HTTP_PROXY: 'http://PROXY' }, 'https://api.invalid/', ['api.invalid:443']],
    [{ HTTPS_PROXY: '' }, 'https://api.invalid/', []],
    [{ HTTP_PROXY: 'http://PROXY' }, 'http://127.0.0.1:1/', []],
    [{ HTTP_PROXY: 'http://PROXY', NO_PROXY: 'example.com' }, 'http://localhost:1/', []],
  ])('with %j to %s goes through the proxy as %j', async (env, url, expected) => {
    const named = Object.entries(env).map(([name, value]) => [name, value.replace('PROXY', at)])
    expect(await call(Object.fromEntries(named), url)).toEqual(expected)
  })
})

describe('a proxy', () => {
  const faultsOf = (env: object) => {
    const read = createEnvReader(env)
    checkProxies(read)
    try {
      read.end()
      return []
    } catch (error) {
      return (error as ConfigError).faults
    }
  }

  it.each(['socks5://proxy.internal:1080', 'http://'])('%s is refused', (value) => {
    expect(faultsOf({ HTTPS_PROXY: value })).toEqual([expect.stringMatching(/^HTTPS_PROXY should/)])
  })

  it.each(['http://proxy.internal:3128', 'proxy.internal:3128', ''])('%j is accepted', (value) => {
    expect(faultsOf({ HTTPS_PROXY: value })).toEqual([])
  })
})

/** Outgoing requests of a Node process. They use the proxy of the environment, if there is one. */
import type { EnvReader } from '@polar-connect/bff/env'
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici'

/** Never through a proxy: the emulator of `dev` runs here. */
const THIS_COMPUTER = 'localhost,127.0.0.1,[::1],::1'

/** The names and forms that curl accepts: both cases, and no scheme. */
function proxyOf(read: Pick<EnvReader, 'text'>, name: 'HTTP_PROXY' | 'HTTPS_PROXY') {
  const own = read.text(name.toLowerCase()) ?? read.text(name)
  const given = own ?? read.text('all_proxy') ?? read.text('ALL_PROXY')
  if (given === undefined) return undefined
  return /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`
}

/** Adds a fault to `read` if the proxy is not an http proxy. */
export function checkProxies(read: EnvReader): void {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY'] as const) {
    const proxy = proxyOf(read, name)
    if (proxy === undefined || isHttp(proxy)) continue
    read.fault(
      name,
      'should be the address of an http proxy, for example: http://proxy.internal:3128',
    )
  }
}

/** The dispatcher for requests to Polar, of the app and of `diagnose`. */
export function createDispatcher(read: Pick<EnvReader, 'text'>): Dispatcher {
  const httpProxy = proxyOf(read, 'HTTP_PROXY')
  const httpsProxy = proxyOf(read, 'HTTPS_PROXY')
  const proxies = [httpProxy, httpsProxy].filter((proxy) => proxy !== undefined)
  // A faulty proxy stops the start, with a message.
  if (proxies.length === 0 || !proxies.every(isHttp)) return new Agent({ allowH2: false })
  const except = read.text('no_proxy') ?? read.text('NO_PROXY')
  return new EnvHttpProxyAgent({
    allowH2: false,
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy: except === undefined ? THIS_COMPUTER : `${except},${THIS_COMPUTER}`,
  })
}

function isHttp(proxy: string): boolean {
  return URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol)
}

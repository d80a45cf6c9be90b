/** The caller's address, from sources that can be trusted: for the option `clientAddress`. */

/**
 * The address that the outermost trusted proxy saw. Without proxies: the address of the connection.
 * One IPv6 customer has 2^64 addresses, so IPv6 counts by network (RFC 6177).
 *
 * @param connection the address at the other end of the connection.
 * @param forwarded the `X-Forwarded-For` header. Each proxy appends one entry.
 * @param trustedProxies how many of the last entries come from proxies that you run.
 * @example
 * clientAddress: (c) => clientAddress(c.req.header('CF-Connecting-IP')) // on a Worker
 */
export function clientAddress(
  connection: string | undefined,
  forwarded?: string,
  trustedProxies = 0,
): string | undefined {
  const hops = [...(forwarded?.split(',').map(withoutPort) ?? []), connection]
  // A proxy that knows no address writes nothing or a word. Then the proxy's own address counts.
  const written = hops[Math.max(0, hops.length - 1 - trustedProxies)]
  const address = written !== undefined && /[.:]/.test(written) ? written : connection
  return address?.includes(':') ? networkOf(address) : address
}

/** Some proxies add a port, which changes with each connection, and brackets around IPv6. */
function withoutPort(hop: string): string {
  const bare = hop.trim().replace(/^"|"$/g, '')
  const [, ipv6, ipv4] = /^\[([^\]]+)\](?::\d+)?$|^(\d+(?:\.\d+){3}):\d+$/.exec(bare) ?? []
  return ipv6 ?? ipv4 ?? bare
}

/** The first 64 bits of an IPv6 address, in the notation of `URL`. Mapped IPv4 stays IPv4. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const url = `http://[${address.replace(/%.*$/, '')}]`
  if (!URL.canParse(url)) return address
  const [head = '', tail] = new URL(url).hostname.slice(1, -1).split('::')
  const groups = head.split(':')
  const left = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length
  const full = [...groups, ...Array<string>(left).fill('0'), ...(tail?.split(':') ?? [])]
  return full
    .slice(0, 4)
    .map((group) => group || '0')
    .join(':')
}

/** Where a call came from, as far as it can be believed: what a limit counts by. */

/**
 * The address that the outermost believed proxy saw, or that of the connection. Whoever has an IPv6
 * address has 2^64 of them, so those count by their network (RFC 6177).
 *
 * @param connection address of whoever connected; @param forwarded the `X-Forwarded-For` header, to
 *   which every proxy appends; @param trustedProxies how many of its last entries were written by
 *   proxies of ours.
 */
export function clientAddress(
  connection: string | undefined,
  forwarded: string | undefined,
  trustedProxies: number,
): string | undefined {
  const hops = [...(forwarded?.split(',').map(withoutPort) ?? []), connection]
  // A proxy that knows no address writes none, or a word: then its own counts.
  const written = hops[Math.max(0, hops.length - 1 - trustedProxies)]
  const address = written !== undefined && /[.:]/.test(written) ? written : connection
  return address?.includes(':') ? networkOf(address) : address
}

/** Some proxies add a port, which is another one for each connection, and brackets around IPv6. */
function withoutPort(hop: string): string {
  const bare = hop.trim().replace(/^"|"$/g, '')
  const [, ipv6, ipv4] = /^\[([^\]]+)\](?::\d+)?$|^(\d+(?:\.\d+){3}):\d+$/.exec(bare) ?? []
  return ipv6 ?? ipv4 ?? bare
}

/** The first 64 bits of an IPv6 address, as `URL` writes them; a mapped IPv4 address as it is. */
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

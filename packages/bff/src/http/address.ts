/**
 * A page that is opened at another host than the app's. The page says so by itself, but its calls are
 * `GET`s, which carry no `Origin`: only the host can tell the log.
 */
import { headerOf, type Incoming } from '../runtime/incoming.ts'
import type { Settings } from '../settings/settings.ts'

/** Tells the first such call. */
export function createAddressNotice({ appOrigin, onEvent }: Settings) {
  const { host, protocol } = new URL(appOrigin)
  const names = [host, `${host}:${protocol === 'https:' ? 443 : 80}`]
  let told = false
  return (incoming: Incoming): void => {
    if (told) return
    const hosts = hostsOf(incoming)
    const [actual] = hosts
    // A proxy may name the host in any of them. No one can tell which ones it wrote itself.
    if (actual === undefined || hosts.some((each) => names.includes(each))) return
    told = true
    onEvent({ type: 'other_address', expected: appOrigin, actual: actual.slice(0, 253) })
  }
}

/** What the browser asked for, as far as the request says it: the outermost proxy first. */
function hostsOf(incoming: Incoming): readonly string[] {
  const forwarded = /(?:^|[;,\s])host="?([^\s;,"]+)/i.exec(headerOf(incoming, 'Forwarded') ?? '')
  const all = [
    forwarded?.[1],
    ...(headerOf(incoming, 'X-Forwarded-Host')?.split(',') ?? []),
    headerOf(incoming, 'Host'),
  ]
  return all.flatMap((each) => each?.trim().toLowerCase() || [])
}

/** Our cookies: their names, and the attributes that each of them carries. */
import type { Exchange } from './exchange.ts'

/** Four sign-ins can be in progress in one browser. A fifth replaces the oldest. */
// S11: four sign-ins at once
const TRANSACTION_SLOTS = [0, 1, 2, 3] as const

export type CookieJar = ReturnType<typeof createCookieJar>

/**
 * `__Host-Http-` cookies (layered cookies, §4.1.3) for an app at `appOrigin`. On loopback `http:` the
 * name holds the port, which cookies otherwise ignore. `Secure` is left out there, since Safari stores
 * no Secure cookie on it.
 */
export function createCookieJar(appOrigin: string, sameSite: 'Strict' | 'Lax') {
  const { protocol, port } = new URL(appOrigin)
  const secure = protocol === 'https:'
  const base = secure ? '__Host-Http-polar_connect' : `polar_connect_${port || '80'}`
  // S20: script cannot read it
  const attributes = { path: '/', httpOnly: true, secure } as const
  const site = sameSite === 'Strict' ? 'strict' : 'lax'

  function cookie(suffix: string) {
    const name = base + suffix
    const set = (exchange: Exchange, value: string, maxAge: number) =>
      exchange.setCookie({ name, value, ...attributes, sameSite: site, maxAge })
    return {
      name,
      read: (exchange: Exchange) => exchange.cookies().get(name),
      /** @param maxAge seconds. */
      set,
      clear: (exchange: Exchange) => set(exchange, '', 0),
    }
  }

  const transactions = TRANSACTION_SLOTS.map((slot) => cookie(`_tx_${slot}`))

  return {
    session: cookie(''),
    /** One for each sign-in in progress. */
    transactions,
    /** Clears those that came with the request, but not `cleared` again. */
    clearTransactions(exchange: Exchange, cleared?: ReturnType<typeof cookie>): void {
      for (const one of transactions) {
        if (one !== cleared && one.read(exchange) !== undefined) one.clear(exchange)
      }
    },
    /** It means nothing. Diagnostics see whether the browser sends it back. */
    probe: cookie('_probe'),
    /** What each cookie carries, as the header writes it. */
    attributes: `HttpOnly; ${secure ? 'Secure; ' : ''}SameSite=${sameSite}; Path=/`,
  }
}

/** What each answer carries, whatever came from elsewhere: no one may keep, frame or render it. */

const HEADERS = [
  // S28: for every answer, refusals too
  ['Cache-Control', 'no-store'],
  ['CDN-Cache-Control', 'no-store'],
  ['Vary', 'Cookie, Origin, Sec-Fetch-Site'],
  ['X-Content-Type-Options', 'nosniff'],
  // S55: no answer is framed
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
] as const

export function setAnswerHeaders(headers: Headers): void {
  for (const [name, value] of HEADERS) headers.set(name, value)
}

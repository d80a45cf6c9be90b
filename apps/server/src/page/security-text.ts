/** `/.well-known/security.txt` (RFC 9116): where to report a vulnerability. */

export const SECURITY_TEXT_PATH = '/.well-known/security.txt'

/** Just under a year (RFC 9116 §2.5.5). Each deploy renews it. */
const LIFETIME_MS = 364 * 24 * 60 * 60 * 1000

/** @param contact `mailto:` or `https:`; @param builtAt when the server was built, ISO 8601. */
export function securityText(options: {
  readonly contact: string
  readonly appOrigin: string
  readonly builtAt: string
}): string {
  const { contact, appOrigin, builtAt } = options
  const expires = new Date(Date.parse(builtAt) + LIFETIME_MS)
  return [
    `Contact: ${contact}`,
    // S66: until when it holds
    `Expires: ${expires.toISOString()}`,
    `Canonical: ${appOrigin}${SECURITY_TEXT_PATH}`,
    'Preferred-Languages: en',
    '',
  ].join('\n')
}

/**
 * What must hold, by number, with the standard that asks for it. The numbers are cited in the names
 * of the tests; the table of docs/security.md is made of both.
 */

export interface Requirement {
  readonly number: number
  readonly holds: string
  /** RFCs by number; OWASP ASVS 5.0 by chapter. */
  readonly standard: string
  /** Where it is met by reading rather than by a test, what to read. */
  readonly review?: string
  /** What of it the tests here leave to another place. */
  readonly elsewhere?: string
}

export const AREAS: readonly {
  readonly name: string
  readonly requirements: readonly Requirement[]
}[] = [
  {
    name: 'Signing in',
    requirements: [
      {
        number: 1,
        holds:
          'A callback without the transaction cookie of the browser that began reaches no token endpoint',
        standard: 'RFC 10017, ASVS 10.1.2',
      },
      {
        number: 2,
        holds: 'The first exchange that names a state ends it, right or wrong',
        standard: 'RFC 6749 §10.5',
      },
      {
        number: 3,
        holds: 'A sign-in is over after ten minutes, by the time sealed inside',
        standard: 'RFC 9700 §4.7',
      },
      {
        number: 4,
        holds: 'The verifier is compared with the sealed challenge before Polar is asked',
        standard: 'RFC 7636 §4.6',
      },
      {
        number: 5,
        holds: 'A state names a live sign-in of this browser, or nothing',
        standard: 'RFC 9700 §4.7',
      },
      {
        number: 6,
        holds:
          'The authorization URL is built by the server: S256 alone, no scope beyond the configured ones',
        standard: 'RFC 9700 §2.1.1, ASVS 10.2.3',
      },
      {
        number: 7,
        holds: 'There is an ID token, and its nonce is this sign-in’s',
        standard: 'OpenID Connect Core §3.1.3.7',
      },
      {
        number: 8,
        holds: 'A sign-in counts at the server and redirect URI that it began with',
        standard: 'RFC 9700 §4.4, ASVS 10.2.2',
      },
      {
        number: 9,
        holds: 'A callback with a code names Polar as its issuer',
        standard: 'RFC 9207 §2.4',
      },
      {
        number: 10,
        holds: 'Verifier and code are in one request body each time, and in no storage after',
        standard: 'ASVS 10.1.1',
      },
      {
        number: 11,
        holds: 'A browser holds four sign-ins at most; a finished one ends them all',
        standard: 'RFC 10017',
      },
      {
        number: 12,
        holds: 'A callback that comes again is no second exchange and no dead end',
        standard: 'RFC 6749 §4.1.2',
      },
    ],
  },
  {
    name: 'Who may call',
    requirements: [
      {
        number: 13,
        holds: 'Every call but health needs the static header, whatever its method',
        standard: 'RFC 10017',
      },
      {
        number: 14,
        holds: 'Calls from other sites, sibling hosts and the address bar are refused',
        standard: 'Fetch Metadata',
      },
      {
        number: 15,
        holds: 'A named origin is ours to the byte; a write says where it came from',
        standard: 'RFC 10017',
      },
      { number: 16, holds: 'No answer invites another origin', standard: 'RFC 10017, Fetch' },
      {
        number: 17,
        holds: 'Signing in and out is by POST, and no other site can cause it',
        standard: 'ASVS V7',
      },
      {
        number: 18,
        holds: 'The way on after a sign-in stays inside the app',
        standard: 'RFC 9700 §4.11',
      },
      {
        number: 19,
        holds: 'The page leaves for Polar’s authorization page and no other',
        standard: 'RFC 9700 §4.11',
      },
    ],
  },
  {
    name: 'Cookies and session',
    requirements: [
      {
        number: 20,
        holds: 'Every cookie is __Host-Http-, Secure, HttpOnly, Strict, and in a line of its own',
        standard: 'RFC 10017, RFC 6265bis',
      },
      {
        number: 21,
        holds: 'The app does not start with settings that are not safe',
        standard: 'ASVS V13',
      },
      {
        number: 22,
        holds: 'Cookies are encrypted and authenticated, for one purpose each',
        standard: 'RFC 10017, ASVS V11',
      },
      { number: 23, holds: 'Keys rotate without logging anybody out', standard: 'ASVS V11' },
      {
        number: 24,
        holds: 'Every sign-in makes a new session and ends the one before',
        standard: 'ASVS V7',
      },
      {
        number: 25,
        holds: 'A session ends after thirty days, however often it was refreshed',
        standard: 'ASVS V7',
      },
      {
        number: 26,
        holds: 'A cookie stays under 1 KB with every permission',
        standard: 'RFC 6265bis',
      },
      {
        number: 27,
        holds: 'Cookie headers are bounded, and read as browsers write them',
        standard: 'RFC 6265bis',
      },
      { number: 28, holds: 'No cache keeps an answer', standard: 'RFC 9111' },
    ],
  },
  {
    name: 'The proxy',
    requirements: [
      {
        number: 29,
        holds: 'Methods and paths are on a list; all else is not there',
        standard: 'RFC 10017',
      },
      { number: 30, holds: 'The host that gets the token is a constant', standard: 'RFC 10017' },
      {
        number: 31,
        holds: 'A path is judged as it came over the wire',
        standard: 'RFC 10017',
        elsewhere: 'where a host hands over a normalised path, that one is judged (S29, S32)',
      },
      { number: 32, holds: 'What is sent is rebuilt from the template', standard: 'RFC 10017' },
      {
        number: 33,
        holds: 'Request headers are on a list; no cookie goes on',
        standard: 'RFC 10017',
      },
      { number: 34, holds: 'Response headers are on a list', standard: 'RFC 10017' },
      { number: 35, holds: 'No redirect is followed or passed on', standard: 'RFC 6750 §5.3' },
      {
        number: 36,
        holds: 'Nothing that a browser would render comes through',
        standard: 'ASVS V4',
      },
      {
        number: 37,
        holds: 'What mints or reveals credentials is refused though configured',
        standard: 'ASVS 10.1.1',
      },
      {
        number: 38,
        holds: 'No upgrade; answers stream, and end with their client',
        standard: 'RFC 9110',
      },
    ],
  },
  {
    name: 'Refresh and failure',
    requirements: [
      {
        number: 39,
        holds: 'One refresh at a time, for all calls, tabs and instances',
        standard: 'RFC 9700 §4.14',
      },
      { number: 40, holds: 'Nothing is shared between sessions', standard: 'ASVS V7' },
      { number: 41, holds: 'No refusal touches the session cookie', standard: 'RFC 10017' },
      {
        number: 42,
        holds: 'Only invalid_grant is a verdict; a failure at Polar is no logout',
        standard: 'RFC 6749 §5.2',
      },
      {
        number: 43,
        holds: 'A refresh outlives its client, and its result waits to be claimed',
        standard: 'RFC 9700 §4.14',
      },
      {
        number: 44,
        holds: 'Only a sign-in, a refresh and a logout set the session cookie',
        standard: 'RFC 10017',
      },
      {
        number: 45,
        holds: 'A write is repeated after a 401 alone, once',
        standard: 'RFC 9110 §9.2.2',
      },
      {
        number: 53,
        holds: 'Logout revokes, and clears whatever comes of it',
        standard: 'RFC 7009',
      },
      {
        number: 54,
        holds: 'Logout reaches the other tabs; Back shows nobody’s data',
        standard: 'ASVS V7',
      },
    ],
  },
  {
    name: 'The page, secrets and logs',
    requirements: [
      {
        number: 46,
        holds: 'Documents carry a strict policy, and the app keeps it',
        standard: 'CSP 3, Trusted Types, ASVS V3',
      },
      {
        number: 47,
        holds: 'The code is in no other request, referrer, history or cache',
        standard: 'RFC 9700 §4.2',
      },
      {
        number: 48,
        holds: 'No file of the page holds a secret or a piece of the server',
        standard: 'ASVS 10.1.1',
      },
      { number: 49, holds: 'No token reaches the browser', standard: 'RFC 10017, ASVS 10.1.1' },
      {
        number: 50,
        holds: 'No log line holds a token, code, cookie, secret or e-mail address',
        standard: 'ASVS V16',
      },
      {
        number: 51,
        holds: 'Refusals are problems of ours, and quote nobody',
        standard: 'RFC 9457',
      },
      {
        number: 52,
        holds: 'What matters to security leaves a line with its code',
        standard: 'ASVS V16',
      },
      {
        number: 55,
        holds: 'No other page can frame the app or a call',
        standard: 'CSP 3, ASVS V3',
      },
    ],
  },
  {
    name: 'Tokens and limits',
    requirements: [
      {
        number: 56,
        holds: 'An ID token is RS256, Polar’s, for us, now',
        standard: 'OpenID Connect Core §3.1.3.7, RFC 8725',
      },
      {
        number: 57,
        holds: 'Keys are fetched when they changed, and not for every forged token',
        standard: 'RFC 7517',
      },
      {
        number: 58,
        holds: 'Bodies are counted by their bytes, and never unpacked',
        standard: 'ASVS V4',
      },
      {
        number: 59,
        holds: 'Who drips is cut off; a Polar that hangs is not waited for',
        standard: 'ASVS V13',
      },
      { number: 60, holds: 'Answers are bounded by their unpacked bytes', standard: 'ASVS V4' },
      {
        number: 61,
        holds: 'No address or session uses up what Polar gives to all',
        standard: 'RFC 6585',
      },
      { number: 62, holds: 'JSON is of the agreed form to the last member', standard: 'ASVS V2' },
      {
        number: 63,
        holds: 'The app’s origin is configured, never taken from a request',
        standard: 'ASVS V13',
      },
    ],
  },
  {
    name: 'Building and operating',
    requirements: [
      {
        number: 64,
        holds: 'Secrets are compared in constant time; random values come from WebCrypto',
        standard: 'ASVS V11',
        review: '`packages/bff/src/runtime/random.ts`; lint refuses `Math.random`',
      },
      {
        number: 65,
        holds: 'Dependencies come by their digest, and run no script but by name',
        standard: 'ASVS V15',
        elsewhere: 'the provenance of a release, by review when it is made',
      },
      {
        number: 66,
        holds: 'security.txt says whom to tell, and until when that holds',
        standard: 'RFC 9116',
      },
    ],
  },
]

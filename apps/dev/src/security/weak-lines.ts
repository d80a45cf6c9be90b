/** Defences whose line Stryker cannot change, such as a constant or a call: how to weaken it. */
import type { Mark } from './marks.ts'

type Weaken = (line: string) => string

const remove: Weaken = () => ''
const replace =
  (what: string | RegExp, by: string): Weaken =>
  (line) =>
    line.replace(what, by)

export const WEAK_LINES: Readonly<Record<string, Weaken>> = {
  'S11: four sign-ins at once': replace('3]', '3, 4, 5, 6, 7]'),
  'S11: a finished sign-in ends the others': remove,
  'S16: no CORS header in this list': (line) => `${line} 'access-control-allow-origin',`,
  'S17: a link must not log out': replace("'POST'", "'ALL'"),
  'S20: script cannot read it': replace('httpOnly: true', 'httpOnly: false'),
  'S28: for every answer, refusals too': remove,
  'S31: a parameter is a UUID': replace('UUID', "'.+'"),
  'S33: only listed headers, no cookie': replace(/\w+\((.*), [A-Z_]+\)/, 'Object.fromEntries($1)'),
  'S34: only listed headers': replace(/\w+\((.*), [A-Z_]+\)/, 'Object.fromEntries($1)'),
  'S38: the call ends with its client': remove,
  'S38: also before the answer begins': remove,
  'S40: two BFFs in one app share no session': replace('Symbol(', 'Symbol.for('),
  'S39: one refresh in flight in this process': replace(/\w+ \?\? /, ''),
  'S39: a pair that came second is revoked': remove,
  'S39: one lock holder across instances': replace(/coordinator.*/, 'Promise.resolve(true),'),
  'S41: a refusal never sets a cookie': (line) => `c.header('Set-Cookie', 'planted=1'); ${line}`,
  'S41: the early answer counts once': remove,
  'S42: a pause holds for every instance': remove,
  'S47: the code leaves the address bar': remove,
  'S49: no token in here': replace(
    'session.user',
    '{ ...session.user, name: session.accessToken }',
  ),
  'S50: counts and names only, no values': replace('scopes.length', 'answer.state'),
  'S51: fixed words, nothing from the request': replace(/title: (.*),/, 'title: `${$1} planted`,'),
  'S53: logout revokes': remove,
  'S54: other tabs hear of it': remove,
  'S54: the back/forward cache keeps no data': remove,
  'S54: a restored page checks first': remove,
  'S54: wait while a tab signs in or logs out': remove,
  'S55: no answer is framed': remove,
  'S56: clocks may differ, but not by more': replace(/: \w+,/, ': 1e9,'),
  'S56: the signature': replace('jwtVerify', '((jwt: string) => ({ payload: decodeJwt(jwt) }))'),
  'S59: a client that reads nothing of its answer': remove,
  'S59: slow heads and slow bodies': replace('requestMs', '0'),
  'S59: a hanging Polar': replace('15_000', '150_000'),
  'S60: a small answer stays small': replace('SMALL_ANSWER_BYTES', '16 * SMALL_ANSWER_BYTES'),
  'S62: no unknown member': replace('strictObject', 'object'),
  'S65: install scripts by name only': (line) => `dangerouslyAllowAllBuilds: true\n${line}`,
}

/** The weaker line for `mark`, or undefined where Stryker makes one. */
export function weakLineOf(mark: Mark): Weaken | undefined {
  return WEAK_LINES[keyOf(mark)]
}

/** The mark as it stands in the code, as in `S15, S63: byte for byte`. */
export function keyOf({ numbers, text }: Mark): string {
  return `S${numbers.join(', S')}: ${text}`
}

/**
 * The latest sign-ins, step by step, for developers. It joins the events of this server with the log
 * of the emulator, and neither holds a code, a state, a verifier, a token or a cookie.
 */
import {
  pathOf,
  type Party,
  type ProblemCode,
  type SignInStep,
  type SignInTrace,
} from '@polar-connect/protocol'
import * as v from 'valibot'
import { redact, type BffEvent } from '../errors/events.ts'
import type { Operation } from '../errors/operations.ts'
import { systemTime } from '../runtime/time.ts'
import { toIso } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import { isLoopback } from '../settings/polar-server.ts'
import { createAskPolar } from './questions.ts'

const KEPT_SIGN_INS = 20
/** Of the refreshes of one connection. */
const KEPT_EVENTS = 20
const KEPT_LINES = 100

type Of<Type extends BffEvent['type']> = Extract<BffEvent, { readonly type: Type }>

type Ending = Of<'signed_in'> | Of<'refused'>

/** An event, and when it came: epoch seconds. */
interface Heard<Event> {
  readonly event: Event
  readonly at: number
}

interface SignIn {
  readonly id: string
  readonly at: number
  /** Undefined if it began elsewhere, or was refused at once. */
  readonly started?: Of<'sign_in_started'>
  ending?: Heard<Ending>
  /** What Polar did not answer, if that ended it. */
  failure?: Of<'upstream_failed'>
  readonly later: Heard<Of<'refreshed'> | Of<'logged_out'>>[]
}

/** A line of the emulator's log. */
const lineSchema = v.object({
  time: v.string(),
  method: v.string(),
  path: v.string(),
  status: v.number(),
  duration_ms: v.number(),
  note: v.nullable(v.string()),
  grant_type: v.nullable(v.string()),
})
const linesSchema = v.object({ items: v.array(lineSchema) })

type Line = v.InferOutput<typeof lineSchema>

/** Whether only developers sign in here: at the emulator, or to an app that is opened on this machine. */
export function tellsSignIns({
  server,
  appOrigin,
}: Pick<Settings, 'server' | 'appOrigin'>): boolean {
  return server.loopback || isLoopback(new URL(appOrigin).hostname)
}

/** Listens from now on. The result answers with what it heard. */
export function traceSignIns(settings: Settings): () => Promise<readonly SignInTrace[]> {
  const { basePath, time, listen } = settings
  let signIns: SignIn[] = []
  let failure: Of<'upstream_failed'> | undefined

  const [authorize, callback] = [pathOf('authorize', basePath), pathOf('callback', basePath)]

  function add(signIn: Omit<SignIn, 'later'>): void {
    signIns = [{ ...signIn, later: [] }, ...signIns].slice(0, KEPT_SIGN_INS)
  }

  function end(event: Ending): void {
    const at = time.now()
    const heard = { ending: { event, at }, ...(failure && { failure }) }
    failure = undefined
    // One that no state names is most likely of the sign-in that is still open.
    const signIn =
      event.sign_in === undefined
        ? signIns.find(({ ending }) => ending === undefined)
        : signIns.find(({ id }) => id === event.sign_in)
    if (signIn !== undefined) Object.assign(signIn, heard)
    else add({ id: 'reference' in event ? event.reference : event.sign_in, at, ...heard })
  }

  listen((event) => {
    const at = time.now()
    if (event.type === 'sign_in_started') {
      failure = undefined
      add({ id: event.sign_in, at, started: event })
    } else if (event.type === 'upstream_failed') {
      if (event.operation in STEP_OF_OPERATION) failure = event
    } else if (event.type === 'signed_in') {
      end(event)
    } else if (event.type === 'refused') {
      if (event.route === callback) end(event)
      if (event.route === authorize) add({ id: event.reference, at, ending: { event, at } })
    } else if (event.type === 'refreshed' || event.type === 'logged_out') {
      const later = signIns.find(({ ending }) => connectionOf(ending) === event.connection)?.later
      later?.push({ event, at })
      later?.splice(0, later.length - KEPT_EVENTS)
    }
  })

  return async () => {
    const lines = await readLines(settings)
    // A clock that follows the emulator's knows it to the second.
    const slack = Math.abs(time.now() - systemTime.now()) < 2 ? 0 : 1
    return signIns.map((signIn, index) => {
      const until = signIn.ending?.at ?? signIns[index - 1]?.at ?? Infinity
      const own = lines.filter(({ time: text }) => {
        const at = Date.parse(text) / 1000
        return at >= signIn.at - slack && at <= until + slack
      })
      return toTrace(signIn, own)
    })
  }
}

function connectionOf(ending: SignIn['ending']): string | undefined {
  return ending?.event.type === 'signed_in' ? ending.event.connection : undefined
}

/** What reached the emulator's OAuth endpoints, oldest first. Nothing at any other Polar. */
async function readLines(settings: Settings): Promise<readonly Line[]> {
  if (!settings.server.loopback) return []
  const path = `/_emulator/requests?path=/oauth2/&brief=1&limit=${KEPT_LINES}`
  const parsed = v.safeParse(linesSchema, (await createAskPolar(settings)('GET', path))?.body)
  return parsed.success ? parsed.output.items.toReversed() : []
}

/** The steps that can fail, as indices of {@link describeSteps}. */
const [BEGIN, BACK, FINISH, CHECK, EXCHANGE, IDENTIFY, KEEP] = [1, 3, 4, 5, 6, 7, 8] as const

/** Where a refused callback failed. Any other code: the call as a whole. */
const STEP_OF_CODE: Partial<Record<ProblemCode, number>> = {
  authorization_error: BACK,
  transaction_missing: CHECK,
  transaction_expired: CHECK,
  state_mismatch: CHECK,
  verifier_mismatch: CHECK,
  issuer_mismatch: CHECK,
  owner_mismatch: CHECK,
  coordinator_unavailable: CHECK,
  invalid_grant: EXCHANGE,
  invalid_client: EXCHANGE,
  unauthorized_client: EXCHANGE,
  polar_invalid_response: EXCHANGE,
  polar_unavailable: EXCHANGE,
  id_token_invalid: IDENTIFY,
  organization_mismatch: IDENTIFY,
  app_refused: KEEP,
  session_too_large: KEEP,
}

const STEP_OF_OPERATION: Partial<Record<Operation, number>> = {
  discovery: CHECK,
  exchange: EXCHANGE,
  jwks: IDENTIFY,
  introspect: IDENTIFY,
  userinfo: IDENTIFY,
  organizations: IDENTIFY,
}

function toTrace(signIn: SignIn, lines: readonly Line[]): SignInTrace {
  const { id, at, ending, later } = signIn
  return {
    id,
    started_at: toIso(at),
    ...describeResult(ending?.event),
    steps: [...toSteps(signIn, lines), ...later.map(toLaterStep)],
  }
}

function describeResult(
  event: Ending | undefined,
): Pick<SignInTrace, 'result' | 'code' | 'reference'> {
  if (event === undefined) return { result: 'under_way' }
  if (event.type === 'signed_in') return { result: 'connected' }
  const { code, authorization_error: error, reference } = event
  return { result: 'failed', code: error === undefined ? code : `${code}.${error}`, reference }
}

type BareStep = Omit<SignInStep, 'status'>

function toSteps(signIn: SignIn, lines: readonly Line[]): readonly SignInStep[] {
  const event = signIn.ending?.event
  return describeSteps(signIn, lines).map((bare, index) => {
    const status = statusOf(index, signIn)
    const reason =
      status === 'failed' && event?.type === 'refused' ? [`${redact(event.reason)}.`] : []
    // Polar's log may have lines of other sign-ins, or of checks.
    const details = status === 'not_reached' ? [] : [...bare.details, ...reason]
    return { ...bare, details, status }
  })
}

function statusOf(index: number, { started, ending, failure }: SignIn): SignInStep['status'] {
  const event = ending?.event
  const before = started === undefined && index < FINISH ? 'not_seen' : 'done'
  if (event === undefined) return index <= BEGIN ? 'done' : 'not_reached'
  if (event.type === 'signed_in') return before
  if (event.route.endsWith('/authorize')) {
    return index === BEGIN ? 'failed' : index < BEGIN ? 'done' : 'not_reached'
  }
  const failed =
    STEP_OF_OPERATION[failure?.operation ?? 'api'] ?? STEP_OF_CODE[event.code] ?? FINISH
  if (index === failed) return 'failed'
  // The server is told of Polar's refusal, and checks it as it would an answer.
  return index <= (failed === BACK ? CHECK : failed) ? before : 'not_reached'
}

function describeSteps(
  { at, started, ending }: SignIn,
  lines: readonly Line[],
): readonly BareStep[] {
  const event = ending?.event
  const connected = event?.type === 'signed_in' ? event : undefined
  const backAt = ending && ending.at - (connected?.duration_ms ?? 0) / 1000
  const atPolar =
    started && backAt !== undefined ? Math.max(0, Math.round((backAt - at) * 1000)) : undefined
  const linesOf = (ends: RegExp) => lines.filter(({ path }) => ends.test(path))
  const exchanges = linesOf(/\/oauth2\/token$/).filter(
    ({ grant_type: grant }) => grant !== 'refresh_token',
  )
  const questions = linesOf(/\/oauth2\/(introspect|userinfo)$/)
  return [
    step('browser', 'browser', 'Makes the verifier and its challenge.', [
      'The verifier stays in the tab. Its SHA-256 digest is the challenge.',
    ]),
    step('browser', 'server', 'Begins: POST /bff/authorize.', [
      ...(started ? [`It asks for ${describeWish(started)}.`] : []),
      "The answer has Polar's address and the state, and sets the transaction cookie.",
    ]),
    step(
      'browser',
      'polar',
      'Opens Polar: organizations, then permissions.',
      linesOf(/^\/oauth2\/authorize$|\/oauth2\/consent$/).map(describeLine),
      atPolar,
    ),
    step('polar', 'browser', 'Sends the person back with code, state and iss, or with an error.'),
    step(
      'browser',
      'server',
      'Finishes: POST /bff/callback.',
      ['It brings what Polar sent, the verifier and the transaction cookie.'],
      connected?.duration_ms,
    ),
    step('server', 'server', 'Checks state, issuer, verifier and age.'),
    step(
      'server',
      'polar',
      'Trades the code, with verifier and client secret, for tokens.',
      exchanges.map(describeLine),
      sumOf(exchanges),
    ),
    step(
      'server',
      'polar',
      'Checks the ID token, and asks who is connected.',
      questions.map(describeLine),
      sumOf(questions),
    ),
    step(
      'server',
      'browser',
      'Sets the session cookie.',
      connected ? describeSession(connected) : [],
    ),
  ]
}

function step(
  from: Party,
  to: Party,
  text: string,
  details: readonly string[] = [],
  milliseconds?: number,
): BareStep {
  return { from, to, text, details, ...(milliseconds !== undefined && { milliseconds }) }
}

function toLaterStep({ event, at }: SignIn['later'][number]): SignInStep {
  const when = `At ${toIso(at)}.`
  if (event.type === 'logged_out') {
    const end = event.revoked ? 'Polar confirmed it.' : "Polar didn't confirm it."
    return { ...step('browser', 'server', 'Logs out.', [when, end]), status: 'done' }
  }
  const { generation, how, duration_ms: duration } = event
  const way = {
    refreshed: 'This call asked Polar.',
    joined: 'This call waited for another one.',
    claimed: 'This call came after another one had refreshed.',
  }[how]
  const text = `Refreshes the tokens: generation ${generation}.`
  return { ...step('server', 'polar', text, [when, way], duration), status: 'done' }
}

function describeWish({ subject, scopes }: Of<'sign_in_started'>): string {
  const whom = subject === 'organization' ? 'one organization' : 'all organizations'
  return `${whom}, with ${scopes} ${scopes === 1 ? 'permission' : 'permissions'}`
}

function describeSession({ subject, missing_scopes: missing }: Of<'signed_in'>): readonly string[] {
  return [
    subject === 'organization' ? 'An organization is connected.' : 'A person is connected.',
    ...(missing.length > 0 ? [`Polar didn't include ${missing.join(' ')}.`] : []),
  ]
}

function describeLine({ method, path, status, duration_ms: duration, note }: Line): string {
  const answer = status === 0 ? 'no answer' : String(status)
  const text = `Polar's log: ${method} ${path}: ${answer} in ${duration} ms.`
  return note === null ? text : `${text} ${redact(note)}.`
}

function sumOf(lines: readonly Line[]): number | undefined {
  if (lines.length === 0) return undefined
  return lines.reduce((sum, { duration_ms: duration }) => sum + duration, 0)
}

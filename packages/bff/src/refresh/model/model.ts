/**
 * The refresh protocol as a model: the tabs of one browser, instances of the BFF and Polar, as a
 * state and all the states that can follow. It shares no code with what it describes, so that it can
 * disagree with it. Left out is what the protocol does not lean on: time, contents, and more than one
 * connection. `docs/refresh.md` says the same in words.
 */

/** What the protocol relies on. Without any one of them something goes wrong. */
export const RULES = [
  /** Tabs refresh, judge and log out under one lock. */
  'web lock',
  /** Logout has every tab give up what it has in flight. */
  'abort first',
  /** No call leaves during a logout. */
  'calls wait',
  /** A refused generation is held against the session as it is now. */
  'read again',
  /** The browser repeats what was refused, and never what was lost. */
  'send once',
  /** Instances share what they know. */
  'shared',
  /** A refresh token is locked before it is sent. */
  'hold',
  /** A successor waits for callers with the old cookie. */
  'keep successor',
  /** A refresh continues if its client disconnects. */
  'outlive',
  /** A refusal leaves the cookie alone. */
  'keep cookie',
  /** Only an answer whose own handling got a newer generation sets the cookie. */
  'refresher sets',
  /** Logout revokes the newest generation that is known, not the one of its cookie. */
  'revoke newest',
  /** A refresh that finds the session ended revokes what it was given. */
  'look at end',
  /** Polar's answers reach their caller. We cannot make that so. */
  'polar is heard',
] as const

export type Rule = (typeof RULES)[number]
export type Rules = ReadonlySet<Rule>
export type Task = 'write' | 'logout'

interface Tab {
  tasks: readonly Task[]
  doing: 'idle' | 'waiting' | 'refreshing' | 'sending' | 'calling' | 'judging' | 'leaving' | 'ended'
  /** The generation that was refused to it. */
  refused: number
  /** Whether the write under way left before. */
  again: boolean
}

/** A request on its way through an instance. */
interface Request {
  /** Undefined once its client has disconnected. */
  tab: number | undefined
  kind: 'refresh' | Task
  /** Which write it is, so that executions are counted. */
  write: string
  at: number
  /** The generation that it came with, and then the one that it is worked on with. */
  session: number
  step: 'arriving' | 'refreshing' | 'asking' | 'given' | 'denied' | 'forwarding' | 'answering'
  answer: 'ok' | 'refused' | 'over' | 'failed'
  /** What the answer does to the cookie: a generation, or its end. */
  sets: number | 'nothing' | undefined
}

/** What the instances that share it know. */
interface Coordinator {
  /** Of the refresh token of each generation. */
  records: Record<number, 'held' | 'rotated' | 'delivered' | 'refused'>
  ended: boolean
}

export interface State {
  tabs: Tab[]
  lock: number | undefined
  /** The generation in the browser's cookie. */
  jar: number | undefined
  requests: Request[]
  coordinators: Coordinator[]
  /** The generation whose pair lives at Polar. */
  live: number | undefined
  /** Whether a call gets to Polar before the BFF finds due what the browser found living. */
  prompt: boolean
  /** Whether the browser finds the access token of generation 0 due. */
  due: boolean
  /** Whether the BFF and Polar find it over. */
  expired: boolean
  /** How often Polar executed each write. */
  writes: Record<string, number>
  /** How many answers may still be lost, or clients hang up. */
  losses: number
  loggedOut: boolean
  fault: string | undefined
}

export interface Step {
  readonly label: string
  readonly next: State
}

export interface Setting {
  /** What each tab does, one after the other. */
  readonly tasks: readonly (readonly Task[])[]
  /** How many answers may be lost, or clients hang up. */
  readonly losses?: number
  /** Whether the access token has expired at the start, instead of at any time. */
  readonly expired?: boolean
  /** Whether no call takes as long as the browser finds a token due before the BFF does. */
  readonly prompt?: boolean
}

/** Everybody has generation 0, whose access token ends. Every later one lives. */
export function begin(
  { tasks, losses = 0, expired = false, prompt = false }: Setting,
  rules: Rules,
): State {
  const count = rules.has('shared') ? 1 : 2
  return {
    tabs: tasks.map((list) => ({ tasks: list, doing: 'idle', refused: 0, again: false })),
    lock: undefined,
    jar: 0,
    requests: [],
    coordinators: Array.from({ length: count }, () => ({ records: {}, ended: false })),
    live: 0,
    prompt,
    due: expired,
    expired,
    writes: {},
    losses,
    loggedOut: false,
    fault: undefined,
  }
}

/** Every state that can follow, with what happened. None: it is at rest. */
export function stepsOf(state: State, rules: Rules): Step[] {
  const steps: Step[] = []
  const take = (label: string, change: (next: State) => void) => {
    const next = copy(state)
    change(next)
    steps.push({ label, next })
  }
  if (state.prompt && !state.due) {
    take('the access token is due', (next) => void (next.due = true))
  } else if (!state.expired && !(state.prompt && isOnItsWay(state))) {
    take('the access token is over', (next) => void (next.due = next.expired = true))
  }
  state.tabs.forEach((tab, index) => moveTab(state, tab, index, rules, take))
  state.requests.forEach((request, index) => moveRequest(state, request, index, rules, take))
  return steps
}

/** What is wrong, where nothing more will happen. */
export function faultAtRest({ tabs, live, jar, loggedOut, coordinators }: State) {
  if (tabs.some(({ doing }) => doing !== 'idle' && doing !== 'ended')) return 'waiting for ever'
  if (loggedOut) {
    if (live !== undefined) return LIVE_AFTER_LOGOUT
    return jar === undefined ? undefined : COOKIE_AFTER_LOGOUT
  }
  // A logout ends it even if its answer is lost.
  if (live === undefined || coordinators.some(({ ended }) => ended)) return undefined
  const serves = ({ records }: Coordinator) => {
    let newest = jar ?? -1
    while (records[newest] === 'rotated') newest += 1
    return newest === live
  }
  return coordinators.every(serves) ? undefined : LOST
}

export const LOST = 'a session is lost that Polar honours'
export const TWICE = 'a write is executed twice'
export const LIVE_AFTER_LOGOUT = 'a pair lives after logout'
export const COOKIE_AFTER_LOGOUT = 'a cookie is there after logout'
export const OLDER = 'an older generation takes the place of a newer one'

type Take = (label: string, change: (next: State) => void) => void

function moveTab(state: State, tab: Tab, index: number, rules: Rules, take: Take): void {
  const free = !rules.has('web lock') || state.lock === undefined || state.lock === index
  const hold = (next: State) => void (next.lock = rules.has('web lock') ? index : undefined)
  const [task] = tab.tasks
  if (tab.doing === 'idle' && task !== undefined) {
    const atOnce = task === 'write' && !(rules.has('web lock') && isDue(state))
    take(`tab ${index} begins a ${task}`, (next) => {
      tabOf(next, index).doing = atOnce ? 'sending' : 'waiting'
    })
  } else if (tab.doing === 'waiting' && free) {
    if (task === 'logout') {
      send(state, index, task, take, (next) => {
        hold(next)
        if (rules.has('abort first')) abortOthers(next, index, rules)
      })
    } else if (isDue(state)) send(state, index, 'refresh', take, hold)
    else take(`tab ${index} finds it refreshed`, (next) => (tabOf(next, index).doing = 'sending'))
  } else if (tab.doing === 'sending') {
    if (rules.has('calls wait') && state.tabs.some(({ doing }) => doing === 'leaving')) return
    send(state, index, 'write', take, () => undefined)
  } else if (tab.doing === 'judging' && free) {
    const { jar } = state
    const newer = jar !== undefined && jar > tab.refused
    if (jar === undefined) take(`tab ${index} reads that it is over`, (next) => finish(next, index))
    else if (rules.has('read again') && newer) {
      take(`tab ${index} reads a newer generation`, (next) => {
        release(next, index)
        tabOf(next, index).doing = 'sending'
      })
    } else {
      take(`tab ${index} takes the session for ended`, (next) => {
        finish(next, index)
        Object.assign(tabOf(next, index), { doing: 'ended', tasks: [] })
        const over = next.coordinators.some(({ ended }) => ended)
        if (next.live !== undefined && !over) next.fault = LOST
      })
    }
  }
}

/** To any instance, as a load balancer pleases. */
function send(
  state: State,
  index: number,
  kind: Request['kind'],
  take: Take,
  first: (next: State) => void,
): void {
  const { jar } = state
  if (jar === undefined) {
    take(`tab ${index} finds itself logged out`, (next) => finish(next, index))
    return
  }
  state.coordinators.forEach((_, at) =>
    take(`tab ${index} sends a ${kind} with generation ${jar} to instance ${at}`, (next) => {
      first(next)
      const tab = tabOf(next, index)
      tab.doing = DOING[kind]
      const write = `${index}.${tab.tasks.length}`
      const progress = { step: 'arriving', answer: 'ok', sets: undefined } as const
      next.requests.push({ tab: index, kind, write, at, session: jar, ...progress })
    }),
  )
}

const isDue = ({ jar, due }: State) => jar === 0 && due

/** Whether a call that the browser found no reason to hold back has not got to Polar yet. */
const isOnItsWay = ({ tabs, jar, requests }: State) =>
  (jar === 0 && tabs.some(({ doing }) => doing === 'sending')) ||
  requests.some(
    ({ kind, session, step }) =>
      kind === 'write' && session === 0 && (step === 'arriving' || step === 'forwarding'),
  )

const DOING = { refresh: 'refreshing', write: 'calling', logout: 'leaving' } as const

function moveRequest(
  state: State,
  request: Request,
  index: number,
  rules: Rules,
  take: Take,
): void {
  const { kind, session, at } = request
  const record = state.coordinators[at]?.records[session]
  const name = `${kind} ${request.write} at instance ${at}`
  const go = (what: string, change: (request: Request, next: State) => void) =>
    take(`${name}: ${what}`, (next) => change(requestOf(next, index), next))
  const answer = (target: Request, outcome: Request['answer']) => {
    target.step = 'answering'
    target.answer = outcome
    if (outcome === 'ok' && !rules.has('refresher sets')) target.sets = target.session
    if (outcome === 'refused' && !rules.has('keep cookie')) target.sets = 'nothing'
  }
  const goOn = (target: Request) => {
    target.session += 1
    target.sets = target.session
    if (kind === 'refresh') answer(target, 'ok')
    else target.step = 'forwarding'
  }
  const known = (next: State) => coordinatorOf(next, at)

  if (state.losses > 0 && request.tab !== undefined) {
    go(request.step === 'answering' ? 'the answer is lost' : 'the client hangs up', (_, next) => {
      next.losses -= 1
      const tab = hangUp(next, index, rules)
      if (kind !== 'write') return finishOrGoOn(next, tab, kind)
      const { again } = tabOf(next, tab)
      if (rules.has('send once') || again) finish(next, tab)
      else Object.assign(tabOf(next, tab), { doing: 'sending', again: true })
    })
  }
  switch (request.step) {
    case 'arriving':
      if (kind === 'logout') {
        return go('ends the session', (target, next) => {
          known(next).ended = true
          target.step = 'forwarding'
        })
      }
      return go('is let in', (target, next) => {
        const { records, ended } = known(next)
        if (ended) return answer(target, 'over')
        if (records[session - 1] === 'rotated') records[session - 1] = 'delivered'
        if (session === 0 && (next.expired || kind === 'refresh')) target.step = 'refreshing'
        else if (kind === 'refresh') answer(target, 'ok')
        else target.step = 'forwarding'
      })
    case 'refreshing':
      if (record === 'held' && rules.has('hold')) return
      return go('looks for a successor', (target, next) => {
        const { records, ended } = known(next)
        if (record === 'rotated') goOn(target)
        else if (record === 'delivered' || record === 'refused') answer(target, 'refused')
        else if (ended) answer(target, 'over')
        else {
          records[session] = 'held'
          target.step = 'asking'
        }
      })
    case 'asking':
      return go('Polar decides', (target, next) => {
        target.step = next.live === session ? 'given' : 'denied'
        if (target.step === 'given') next.live = session + 1
      })
    case 'given':
      if (!rules.has('polar is heard')) {
        go('never hears what Polar gave', (target, next) => {
          delete known(next).records[session]
          answer(target, 'failed')
        })
      }
      return go('has a new pair', (target, next) => {
        const { records, ended } = known(next)
        if (rules.has('keep successor')) records[session] = 'rotated'
        else delete records[session]
        if (!ended || !rules.has('look at end')) return goOn(target)
        if (next.live === session + 1) next.live = undefined
        answer(target, 'over')
      })
    case 'denied':
      return go('is told that its token is spent', (target, next) => {
        const { records } = known(next)
        // Compare and set: what another caller published stays.
        if (records[session] === 'rotated') target.step = 'refreshing'
        else {
          records[session] = 'refused'
          answer(target, 'refused')
        }
      })
    case 'forwarding':
      if (kind === 'logout') {
        return go('revokes', (target, next) => {
          let newest = session
          while (rules.has('revoke newest') && known(next).records[newest] === 'rotated') {
            newest += 1
          }
          if (next.live === newest) next.live = undefined
          answer(target, 'ok')
          target.sets = 'nothing'
        })
      }
      return go('Polar is called', (target, next) => {
        // 401: nothing was done, so the same may be sent again.
        const good = next.live === session && !(session === 0 && next.expired)
        if (!good) return void (target.step = 'refreshing')
        const count = (next.writes[request.write] ?? 0) + 1
        next.writes[request.write] = count
        if (count > 1) next.fault = TWICE
        answer(target, 'ok')
      })
    case 'answering':
      return go(`answers ${request.answer}`, (target, next) => arrive(target, index, next))
  }
}

/** An answer is there. Without its client, its cookie is lost too. */
function arrive({ tab: index, kind, answer, sets, session }: Request, at: number, next: State) {
  next.requests.splice(at, 1)
  if (index === undefined) return
  if (typeof sets === 'number' && next.jar !== undefined && sets < next.jar) next.fault = OLDER
  if (sets !== undefined) next.jar = sets === 'nothing' ? undefined : sets
  const tab = tabOf(next, index)
  if (answer === 'refused' && !tab.again) {
    tab.refused = session
    tab.doing = 'judging'
    tab.again = kind === 'write'
  } else if (answer === 'over') {
    finish(next, index)
    tab.tasks = []
  } else {
    if (kind === 'logout') next.loggedOut = true
    finishOrGoOn(next, index, kind)
  }
}

/** After a refresh, whatever came of it, the call is made. */
function finishOrGoOn(next: State, index: number, kind: Request['kind']): void {
  if (kind !== 'refresh') return finish(next, index)
  release(next, index)
  tabOf(next, index).doing = 'sending'
}

function finish(next: State, index: number): void {
  release(next, index)
  const tab = tabOf(next, index)
  Object.assign(tab, { tasks: tab.tasks.slice(1), doing: 'idle', refused: 0, again: false })
}

function release(next: State, index: number): void {
  if (next.lock === index) next.lock = undefined
}

/** The client goes. Gives its tab. */
function hangUp(next: State, index: number, rules: Rules): number {
  const request = requestOf(next, index)
  const { tab = 0, step, at, session } = request
  request.tab = undefined
  if (rules.has('outlive') && step !== 'answering') return tab
  const { records } = coordinatorOf(next, at)
  if (['asking', 'given', 'denied'].includes(step)) delete records[session]
  next.requests.splice(index, 1)
  return tab
}

function abortOthers(next: State, own: number, rules: Rules): void {
  for (let index = next.requests.length - 1; index >= 0; index -= 1) {
    const { tab } = requestOf(next, index)
    if (tab === undefined || tab === own) continue
    hangUp(next, index, rules)
    finish(next, tab)
  }
}

function copy(state: State): State {
  return {
    ...state,
    tabs: state.tabs.map((tab) => ({ ...tab })),
    requests: state.requests.map((request) => ({ ...request })),
    coordinators: state.coordinators.map(({ records, ended }) => ({
      records: { ...records },
      ended,
    })),
    writes: { ...state.writes },
  }
}

const tabOf = (state: State, index: number) => found(state.tabs[index])
const requestOf = (state: State, index: number) => found(state.requests[index])
const coordinatorOf = (state: State, index: number) => found(state.coordinators[index])

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('the model names what is not there')
  return value
}

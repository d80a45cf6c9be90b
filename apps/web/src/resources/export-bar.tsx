/**
 * The export of a list that takes longer than one call. It continues while the person uses other
 * pages, and ends with the session.
 */
import { ConnectError } from '@polar-connect/browser'
import { useConnection } from '@polar-connect/react'
import { useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { createExport, readList, type ExportState } from '../data/export-list.ts'
import type { Identified, ListPage } from '../data/list-page.ts'
import { toCsv, type CsvCell } from '../format/csv.ts'
import { saveFile } from '../format/save-file.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAnnouncer } from '../parts/announcer.tsx'
import { useSecondsLeft } from '../parts/use-ticking.ts'

export interface ExportJob {
  /** `orders-2026-11-28.csv` */
  readonly file: string
  /** `orders` */
  readonly things: string
  /** `84 orders` */
  readonly count: (amount: number) => string
  readonly head: readonly string[]
  readonly row: (item: Identified) => readonly CsvCell[]
  readonly fetchPage: (page: number) => Promise<ListPage<Identified>>
}

interface Exporter {
  /** Why another export cannot begin now. */
  readonly busy: boolean
  readonly begin: (job: ExportJob) => void
}

const ExportContext = createContext<Exporter>({ busy: false, begin: () => undefined })

export function useExporter(): Exporter {
  return useContext(ExportContext)
}

interface Running {
  readonly job: ExportJob
  readonly state: ExportState<Identified>
  /** The connection that it was begun with. */
  readonly owner: string | undefined
  readonly done: number
  readonly total: number
  /** When Polar may be asked again: milliseconds since the epoch. */
  readonly waitUntil?: number | undefined
  readonly status: 'running' | 'stopped' | 'too_many'
}

export function ExportProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { exporting: words } = useMessages()
  const { say, toast } = useAnnouncer()
  const { connection } = useConnection()
  const client = useQueryClient()
  const [running, setRunning] = useState<Running>()
  const stop = useRef<AbortController>(undefined)
  const connected = connection?.id
  const busy = running !== undefined

  const owner = running?.owner
  useEffect(() => {
    // An export belongs to one account, and ends with its session.
    if (owner !== undefined && owner !== connected) stop.current?.abort()
  }, [owner, connected])
  useEffect(() => {
    if (running?.status !== 'running') return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [running?.status])

  async function run(job: ExportJob, state: ExportState<Identified>): Promise<void> {
    const { signal } = (stop.current = new AbortController())
    const whole = { job, state, owner: connected }
    let quarter = 0
    const tell = (done: number, total: number, waitSeconds?: number) => {
      const waitUntil = waitSeconds === undefined ? undefined : Date.now() + waitSeconds * 1000
      setRunning({ ...whole, done, total, waitUntil, status: 'running' })
      if (waitSeconds !== undefined) say(words.waiting(Math.ceil(waitSeconds)))
      const reached = Math.floor((4 * done) / Math.max(total, 1))
      if (reached > quarter && done < total) say(words.progress(done, total, job.things))
      quarter = Math.max(quarter, reached)
    }
    tell(state.items.size, state.total)
    try {
      const fits = await readList(state, {
        fetchPage: job.fetchPage,
        wait: (milliseconds) => wait(milliseconds, signal),
        idle: async () => {
          // oxlint-disable-next-line no-await-in-loop -- it waits until there is nothing to wait for
          while (client.isFetching() > 0) await wait(IDLE_MS, signal)
        },
        onProgress: tell,
        signal,
      })
      if (!fits) return setRunning({ ...whole, ...soFar(state), status: 'too_many' })
      saveFile(job.file, toCsv([job.head, ...[...state.items.values()].map(job.row)]), 'text/csv')
      setRunning(undefined)
      toast(words.done(job.count(state.items.size)))
    } catch (error) {
      if (signal.aborted) return setRunning(undefined)
      setRunning({ ...whole, ...soFar(state), status: 'stopped' })
      say(words.stopped(state.items.size, state.total))
      // A fault of ours. People see that it stopped, and the console says why.
      if (!(error instanceof ConnectError)) throw error
    }
  }

  const begin = useRef(run)
  useEffect(() => {
    begin.current = run
  })
  const exporter = useMemo(
    () => ({ busy, begin: (job: ExportJob) => void begin.current(job, createExport()) }),
    [busy],
  )
  return (
    <ExportContext value={exporter}>
      {children}
      {running !== undefined && running.owner === connected && (
        <ExportBar
          running={running}
          onCancel={() => {
            stop.current?.abort()
            setRunning(undefined)
          }}
          onContinue={() => void run(running.job, running.state)}
        />
      )}
    </ExportContext>
  )
}

/** How often to check whether a page still waits. */
const IDLE_MS = 200

const soFar = ({ items, total }: ExportState<Identified>) => ({ done: items.size, total })

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, milliseconds)
    function end(): void {
      clearTimeout(timer)
      reject(new DOMException('cancelled', 'AbortError'))
    }
    signal.addEventListener('abort', end, { once: true })
  })
}

interface ExportBarProps {
  readonly running: Running
  readonly onCancel: () => void
  readonly onContinue: () => void
}

function ExportBar({ running, onCancel, onContinue }: ExportBarProps): ReactNode {
  const { exporting: words } = useMessages()
  const { job, done, total, waitUntil, status } = running
  const left = useSecondsLeft(waitUntil)
  // An export of one call is over before anyone could read about it.
  if (status === 'running' && total <= 100 && waitUntil === undefined) return null
  const text = {
    too_many: () => words.tooMany,
    stopped: () => words.stopped(done, total),
    running: () => (left > 0 ? words.waiting(left) : words.progress(done, total, job.things)),
  }[status]()
  return (
    <div className="pc-export" role="status" aria-live="off">
      <p>{text}</p>
      {status === 'running' && (
        <progress aria-label={words.label} value={done} max={Math.max(total, 1)} />
      )}
      <div className="pc-actions">
        {status === 'stopped' && (
          <button type="button" className="pc-button pc-button--primary" onClick={onContinue}>
            {words.continue}
          </button>
        )}
        <button type="button" className="pc-button" onClick={onCancel}>
          {status === 'running' ? words.cancel : words.discard}
        </button>
      </div>
    </div>
  )
}

/**
 * Sections of a page that fail for the same cause show it once. The first of them shows the card for
 * all. The others keep their size and say that they are not loaded. So one card retries all, one
 * consent covers all that the page lacks, and nothing moves.
 */
import { ConnectError, type ErrorCode } from '@polar-connect/browser'
import {
  createContext,
  useContext,
  useId,
  useLayoutEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react'

interface SectionFailure {
  readonly error: unknown
  readonly retry: () => void
}

/** By the id of the section, in the order of the page. Undefined if it has not failed. */
type Sections = ReadonlyMap<string, SectionFailure | undefined>

interface Group {
  readonly sections: Sections
  readonly report: (id: string, failure: SectionFailure | undefined) => void
  readonly leave: (id: string) => void
}

const GroupContext = createContext<Group | undefined>(undefined)

export function SectionGroup({ children }: { readonly children: ReactNode }): ReactNode {
  const [sections, setSections] = useState<Sections>(new Map())
  const group = useMemo(() => {
    const change = (write: (next: Map<string, SectionFailure | undefined>) => void) =>
      setSections((before) => {
        const next = new Map(before)
        write(next)
        return next
      })
    return {
      report: (id: string, failure: SectionFailure | undefined) =>
        change((next) => next.set(id, failure)),
      leave: (id: string) => change((next) => next.delete(id)),
    }
  }, [])
  const value = useMemo(() => ({ sections, ...group }), [sections, group])
  return <GroupContext value={value}>{children}</GroupContext>
}

export type SharedFailure =
  /** Another section shows it. */
  | 'told'
  /** This one shows it, for all that failed with it. */
  | { readonly errors: readonly unknown[]; readonly retry: () => void }

/**
 * @param error why this section has no data, if it failed.
 * @returns what this section shows of it. Outside a group each section is by itself.
 */
export function useSharedFailure(error: unknown, retry: () => void): SharedFailure {
  const group = useContext(GroupContext)
  const id = useId()
  const { report, leave, sections } = group ?? ALONE
  // `retry` is a new function with each render, and does the same.
  useLayoutEffect(() => {
    report(id, error === null ? undefined : { error, retry })
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [report, id, error])
  useLayoutEffect(() => () => leave(id), [leave, id])

  const same = [...sections].flatMap(([section, failure]) =>
    failure !== undefined && causeOf(failure.error) === causeOf(error)
      ? [{ section, ...failure }]
      : [],
  )
  if (same.length > 1 && same[0]?.section !== id) return 'told'
  if (same.length < 2) return { errors: [error], retry }
  return {
    errors: same.map((each) => each.error),
    retry: () => same.forEach((each) => each.retry()),
  }
}

const ALONE: Group = { sections: new Map(), report: () => undefined, leave: () => undefined }

function causeOf(error: unknown): ErrorCode {
  return error instanceof ConnectError ? error.code : 'unknown'
}

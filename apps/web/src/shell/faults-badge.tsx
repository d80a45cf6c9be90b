/** The badge of the emulator while faults are on: how many, which ones, and a link to turn them off. */
import { CSRF_HEADER, pathOf, type FaultsAnswer } from '@polar-connect/protocol'
import { useConnect } from '@polar-connect/react'
import { useEffect, useState, type ReactNode } from 'react'
import { useNetwork } from '../data/use-network.ts'
import { useMessages } from '../messages/use-messages.ts'
import { PanelLink } from './emulator-badge.tsx'

interface FaultsBadgeProps {
  readonly origin: string
  /** The badge while no fault is on. */
  readonly children: ReactNode
}

export function FaultsBadge({ origin, children }: FaultsBadgeProps): ReactNode {
  const { diagnostics: words, list } = useMessages()
  const faults = useFaults()
  if (faults.length === 0) return children
  return (
    <PanelLink href={`${origin}/_panel/faults`} hint={list(faults)}>
      {words.faultsOn(faults.length)}
    </PanelLink>
  )
}

/** Asked when the page loads, when people return to its tab, and after a failed call. */
function useFaults(): readonly string[] {
  const { basePath } = useConnect()
  const { fetch } = useNetwork()
  const [faults, setFaults] = useState<readonly string[]>([])
  useEffect(() => {
    const path = `${pathOf('diagnostics', basePath)}?faults`
    let asked = 0
    async function ask(): Promise<void> {
      const turn = (asked += 1)
      // Not as a call of the person: it refreshes nothing.
      const headers = { [CSRF_HEADER.name]: CSRF_HEADER.value }
      const response = await fetch(path, { headers }).catch(() => undefined)
      const answer = response?.ok ? ((await response.json()) as FaultsAnswer) : { faults: [] }
      if (turn === asked) setFaults(answer.faults)
    }
    const hasFailed = ({ name, responseStatus }: PerformanceResourceTiming) =>
      name.startsWith(`${location.origin}${basePath}/`) &&
      !name.endsWith(path) &&
      (responseStatus === 0 || responseStatus >= 400)
    const calls = new PerformanceObserver((seen) => {
      if ((seen.getEntries() as PerformanceResourceTiming[]).some(hasFailed)) void ask()
    })
    const look = () => document.hidden || void ask()
    void ask()
    calls.observe({ type: 'resource' })
    addEventListener('visibilitychange', look)
    return () => {
      asked = Infinity
      calls.disconnect()
      removeEventListener('visibilitychange', look)
    }
  }, [basePath, fetch])
  return faults
}

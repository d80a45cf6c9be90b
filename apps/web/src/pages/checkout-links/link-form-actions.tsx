/** The foot of the form: the button that sends it, or the one that asks for the permission first. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { tabStorage } from '../../data/storage.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Link } from '../../parts/link.tsx'
import { useWriteBlock } from '../../parts/write-button.tsx'
import { LinkGrant } from './link-grant.tsx'
import type { LinkJob } from './use-link-job.ts'

interface LinkFormActionsProps {
  readonly job: LinkJob
  readonly mayWrite: boolean
  /** Says whether Polar may be opened now. */
  readonly onBeforeGrant: () => boolean
}

export function LinkFormActions({ job, mayWrite, onBeforeGrant }: LinkFormActionsProps): ReactNode {
  const { checkoutLinks: words } = useMessages()
  const block = useWriteBlock()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const granted = useGranted(mayWrite, button)
  const cancel = (
    <Link className="pc-button" to="/dashboard/checkout-links">
      {words.cancel}
    </Link>
  )
  if (!mayWrite) {
    return (
      <LinkGrant label={job.grant} onBefore={() => onBeforeGrant() && noteGrant()}>
        {cancel}
      </LinkGrant>
    )
  }
  return (
    <>
      {granted && <p role="status">{job.granted}</p>}
      <div className="pc-actions">
        <button
          ref={button}
          type="submit"
          className="pc-button pc-button--primary"
          aria-disabled={job.isPending || block !== undefined}
          aria-describedby={block === undefined ? undefined : id}
        >
          {job.isPending ? job.doing : job.name}
        </button>
        {cancel}
        {block !== undefined && (
          <span id={id} className="pc-muted pc-small">
            {block}
          </span>
        )}
      </div>
    </>
  )
}

const GRANT_KEY = 'polar-connect:link-grant'
/** Polar will be asked for the permission now. */
const noteGrant = () => tabStorage.set(GRANT_KEY, '1') || true

/** Whether the person is just back with the permission. Then the button is what they came for. */
function useGranted(
  mayWrite: boolean,
  button: { readonly current: HTMLButtonElement | null },
): boolean {
  const [granted] = useState(() => mayWrite && tabStorage.get(GRANT_KEY) !== undefined)
  useEffect(() => {
    tabStorage.remove(GRANT_KEY)
    if (granted) button.current?.focus()
  }, [button, granted])
  return granted
}

/** The actions of a checkout link. */
import { useConnection, useScope } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import { useRef, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import { useDeleteCheckoutLink, useExpectOrders } from '../../data/use-checkout-links.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useAnnouncer } from '../../parts/announcer.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { copyText } from '../../parts/copy-text.ts'
import { ExternalLink } from '../../parts/external-link.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { Menu } from '../../parts/menu.tsx'
import { useWriteBlock } from '../../parts/write-button.tsx'
import { ErrorState } from '../../states/error-state.tsx'

interface LinkMenuProps {
  readonly link: models.CheckoutLink
  readonly name: string
}

export function LinkMenu({ link, name }: LinkMenuProps): ReactNode {
  const messages = useMessages()
  const { checkoutLinks: words, lists } = messages
  const { say } = useAnnouncer()
  const expectOrders = useExpectOrders()
  const mayWrite = useScope('checkout_links:write')
  const { stepUp } = useConnection()
  const navigate = useNavigate()
  const place = useRef<HTMLSpanElement>(null)
  const [deleting, setDeleting] = useState(false)
  const address = `/dashboard/checkout-links/${link.id}`
  const item = { className: 'pc-menu__item', role: 'menuitem', tabIndex: -1 } as const

  async function copy(): Promise<void> {
    if (await copyText(link.url)) say(messages.copiedAnnouncement)
    // People can select the address on the page of the link.
    else await navigate(address)
  }

  async function askToEdit(): Promise<void> {
    // The page of the link asks again, and says why Polar does not open.
    await stepUp(['checkout_links:write']).catch(() => navigate(address))
  }

  return (
    <span ref={place}>
      <Menu label={lists.actionsFor(name)} face={<Icon name="more" />}>
        {mayWrite && (
          <Link {...item} to={address}>
            {words.edit}
          </Link>
        )}
        <button {...item} type="button" onClick={() => void copy()}>
          {messages.copy(words.link)}
        </button>
        <ExternalLink {...item} href={link.url} onOpen={expectOrders}>
          {words.open}
        </ExternalLink>
        {mayWrite ? (
          <button {...item} type="button" onClick={() => setDeleting(true)}>
            {words.delete}
          </button>
        ) : (
          <button {...item} type="button" onClick={() => void askToEdit()}>
            {words.allowEditing}
          </button>
        )}
      </Menu>
      {deleting && (
        <DeleteDialog
          id={link.id}
          name={name}
          onKept={() => {
            setDeleting(false)
            place.current?.querySelector('button')?.focus()
          }}
          onGone={() => {
            // Behind an open dialog nothing can take the focus.
            flushSync(() => setDeleting(false))
            focusAfter(place.current?.closest('tr'))
          }}
        />
      )}
    </span>
  )
}

/** The row that takes the place of `row`, or the heading of the page. */
function focusAfter(row: Element | null | undefined): void {
  const next = row?.nextElementSibling?.querySelector<HTMLElement>('th a')
  const target = next ?? document.querySelector<HTMLElement>('h1')
  target?.focus()
}

interface DeleteDialogProps {
  readonly id: string
  readonly name: string
  readonly onKept: () => void
  /** Before its row is removed. */
  readonly onGone: () => void
}

function DeleteDialog({ id, name, onKept, onGone }: DeleteDialogProps): ReactNode {
  const { checkoutLinks: words } = useMessages()
  const { toast } = useAnnouncer()
  const remove = useDeleteCheckoutLink()
  const block = useWriteBlock()

  async function confirm(): Promise<void> {
    if (remove.isPending || block !== undefined) return
    await remove.mutateAsync(id, { onSuccess: onGone }).then(
      () => toast(words.deleted),
      // The dialog says why.
      () => undefined,
    )
  }

  return (
    <ConfirmDialog
      title={words.deleteTitle}
      text={
        <>
          <p>{words.deleteText(name)}</p>
          {remove.isError && <ErrorState alert error={remove.error} thing={words.one} />}
          {block !== undefined && <p className="pc-muted pc-small">{block}</p>}
        </>
      }
      keep={words.keep}
      onClose={onKept}
    >
      <button
        type="button"
        className="pc-button pc-button--danger"
        aria-disabled={remove.isPending || block !== undefined}
        onClick={() => void confirm()}
      >
        {remove.isPending ? words.deleting : words.deleteButton}
      </button>
    </ConfirmDialog>
  )
}

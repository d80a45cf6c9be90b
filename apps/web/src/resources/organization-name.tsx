/** The organization of a record, if the pages show several. */
import type { ReactNode } from 'react'
import type { Identified } from '../data/list-page.ts'
import { useOrganizations } from '../data/organizations.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { Fact } from '../parts/fact.tsx'

export function OrganizationName({ id }: { readonly id: string | undefined }): ReactNode {
  const { organizations: words } = useMessages()
  const { all } = useOrganizations()
  return <bdi>{all?.find((each) => each.id === id)?.name ?? words.unknown}</bdi>
}

export function OrganizationFact({ id }: { readonly id: string | undefined }): ReactNode {
  const { organizations: words } = useMessages()
  const { all } = useOrganizations()
  if (all === undefined || all.length < 2) return null
  return (
    <Fact name={words.label}>
      <OrganizationName id={id} />
    </Fact>
  )
}

interface Owned {
  readonly organization_id?: string
}

/** The record, its product or its customer names it. */
export function ownerOf(item: Identified & Owned): string | undefined {
  const { product, customer } = item as {
    readonly product?: Owned | null
    readonly customer?: Owned
  }
  return item.organization_id ?? product?.organization_id ?? customer?.organization_id
}

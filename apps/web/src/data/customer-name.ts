/** The name of a customer: a team may have neither a name nor an email. */
import { shortId } from '../format/id.ts'

interface Named {
  readonly id: string
  readonly name?: string | null
  readonly email?: string | null
}

export function customerName({ id, name, email }: Named): string {
  return name?.trim() || email || shortId(id)
}

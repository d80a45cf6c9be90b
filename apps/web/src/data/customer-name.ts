/** The name of a customer: a team may have neither a name nor an email. */
interface Named {
  readonly id: string
  readonly name?: string | null
  readonly email?: string | null
}

export function customerName({ id, name, email }: Named): string {
  return name?.trim() || email || id.slice(0, 8)
}

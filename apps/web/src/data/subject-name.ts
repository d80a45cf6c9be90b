/** The name of a connection. It may be missing: the permissions decide what Polar tells. */
import type { Connection } from '@polar-connect/protocol'
import { shortId } from '../format/id.ts'

export function subjectName({ subject, user }: Connection): string {
  if (subject.name !== undefined) return subject.name
  if (subject.slug !== undefined) return subject.slug
  if (subject.type === 'user') return user.name ?? user.email ?? shortId(user.id)
  return shortId(subject.id)
}

/**
 * What the app has access to, inside a sentence.
 *
 * @param all the words for all organizations of a person: `your organizations`.
 */
export function organizationName(connection: Connection | undefined, all: string): string {
  return connection?.subject.type === 'organization' ? subjectName(connection) : all
}

/** A picture's place: initials, because a picture from elsewhere is not loaded. */
import type { ReactNode } from 'react'

interface AvatarProps {
  readonly name: string
  readonly small?: boolean
}

export function Avatar({ name, small }: AvatarProps): ReactNode {
  return (
    <span className={small ? 'pc-avatar pc-avatar--small' : 'pc-avatar'} aria-hidden="true">
      {toInitials(name)}
    </span>
  )
}

/** The first letters of at most two words, whatever the script. */
export function toInitials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
}

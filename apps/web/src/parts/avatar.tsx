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
    .map((word) => firstLetter(word).toUpperCase())
    .join('')
}

/** What a reader takes for one letter: accents and joined marks belong to it. */
function firstLetter(word: string): string {
  for (const { segment } of new Intl.Segmenter().segment(word)) return segment
  return ''
}

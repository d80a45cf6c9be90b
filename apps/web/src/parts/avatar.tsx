/** Initials in place of a picture: pictures of other sites are not loaded. */
import type { ReactNode } from 'react'

interface AvatarProps {
  readonly name: string
  readonly small?: boolean
}

export function Avatar({ name, small }: AvatarProps): ReactNode {
  // Drawn by the style sheet: as text it would be part of a button's visible name.
  const className = small ? 'pc-avatar pc-avatar--small' : 'pc-avatar'
  return <span className={className} data-initials={toInitials(name)} aria-hidden="true" />
}

/** The first letters of at most two words, in every script. */
export function toInitials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => firstLetter(word).toUpperCase())
    .join('')
}

/** What a reader takes for one letter, with its accents and joined marks. */
function firstLetter(word: string): string {
  for (const { segment } of new Intl.Segmenter().segment(word)) return segment
  return ''
}

/** One thing to look at: a part or a page in one state. */
import type { ReactElement, ReactNode } from 'react'
import { Stage, type StageProps } from './stage.tsx'

export interface Entry {
  /** Also its anchor. */
  readonly name: string
  readonly content: ReactElement
}

export type Setting = Omit<StageProps, 'children'>

export const stage = (name: string, content: ReactNode, setting: Setting = {}): Entry => ({
  name,
  content: <Stage {...setting}>{content}</Stage>,
})

export function ignore(): void {
  // There is nothing to do in a gallery.
}

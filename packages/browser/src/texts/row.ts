/** One text. `problemText` fills in placeholders such as `{app}`. */
import type { ProblemAction } from '../problem-texts.ts'

export type Row = readonly [title: string, text: string, action: ProblemAction]

export const WAIT = 'Wait a moment and try again.'
export const REPEAT = 'Try again. If it keeps happening, contact support{quote}.'
export const NOT_RESPONDING = "Polar isn't responding right now"
export const UNREADABLE = "Polar answered in a way we didn't understand"

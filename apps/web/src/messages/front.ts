/** The texts of the front pages, and of the frame and states that all pages share. They load first. */
import { indexPage } from './index-page.ts'
import { pages } from './pages.ts'
import { shell } from './shell.ts'
import { signedOut } from './signed-out.ts'
import { states } from './states.ts'

export const front = { ...shell, ...states, pages, ...indexPage, signedOut }

export type FrontMessages = typeof front

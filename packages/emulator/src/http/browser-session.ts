/** Who is signed in: the person that this browser chose, or else the emulator's default person. */
import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { EmulatorEnv } from './environment.ts'
import type { World } from '../world/world.ts'

export const SESSION_COOKIE = 'polar_emulator_session'

export function browserSession(world: World): MiddlewareHandler<EmulatorEnv> {
  return async (c, next) => {
    const chosen = world.person(getCookie(c, SESSION_COOKIE))
    c.set('personId', chosen?.id ?? world.signedIn)
    await next()
  }
}

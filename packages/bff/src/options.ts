/** What an app gives to `createBff`. */
import type { ApiRoute } from './api/allow-list.ts'
import type { Handle } from './http/answer.ts'
import type { CookieJar } from './http/cookie-jar.ts'
import type { Settings } from './settings/settings.ts'

type Required = 'clientId' | 'clientSecret' | 'server' | 'appOrigin' | 'keys'

/** What an app sets. All but the first five have a default. */
export interface BffOptions
  extends Pick<Settings, Required>, Partial<Omit<Settings, Required | 'redirectUri' | 'listen'>> {
  /** Routes of Polar's API beside the default ones. */
  readonly allow?: readonly ApiRoute[]
  /**
   * Answers `GET /bff/diagnostics`: `createDiagnostics` of `@polar-connect/bff/diagnostics`. It shows
   * the configuration, but no secret. By default nothing does.
   */
  readonly diagnostics?: (settings: Settings, jar: CookieJar) => Handle
}

export { createConnect, type Connect, type ConnectOptions } from './connect.ts'
export {
  ConnectError,
  hasCode,
  isRetryable,
  toApiError,
  type ApiCode,
  type BrowserCode,
  type ConnectErrorDetails,
  type ErrorCode,
} from './errors.ts'
export { DEFAULT_PAUSE_SECONDS, MAX_PAUSE_SECONDS } from './runtime/limits.ts'
export type { Pause, TabMessage, Tabs } from './runtime/tabs.ts'
export type { ConnectState } from './session/connect-state.ts'
export type { ConnectRequest } from './sign-in/begin.ts'
export type { CallbackOutcome } from './sign-in/callback.ts'

export type { CallbackOutcome } from './callback.ts'
export type { ConnectState } from './connect-state.ts'
export { createConnect, type Connect, type ConnectOptions, type ConnectRequest } from './connect.ts'
export {
  ConnectError,
  toApiError,
  type ApiCode,
  type BrowserCode,
  type ConnectErrorDetails,
  type ErrorCode,
} from './errors.ts'
export type { Pause } from './pause.ts'
export { safeReturnPath } from './return-path.ts'
export { createTabs, type TabMessage, type Tabs } from './tabs.ts'

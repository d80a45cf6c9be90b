'use client'
export { CallbackPage, type CallbackPageProps } from './callback-page.tsx'
export { ConnectButton, type ConnectButtonProps } from './connect-button.tsx'
export { ConnectFailed, type ConnectFailedProps } from './connect-failed.tsx'
export { ConnectionProvider, type ConnectionProviderProps } from './connection-provider.tsx'
export { useConnect, useConnectState, type Navigate } from './context.ts'
export { LogoutButton, type LogoutButtonProps } from './logout-button.tsx'
export type { Messages } from './messages.ts'
export { ProblemNotice, type ProblemNoticeProps } from './problem-notice.tsx'
export { ConnectProvider, type ConnectProviderProps } from './provider.tsx'
export { PolarQueryProvider, type PolarQueryProviderProps } from './query-provider.tsx'
export { SessionGate, type SessionGateProps } from './session-gate.tsx'
export { StepUpPrompt, type StepUpPromptProps } from './step-up-prompt.tsx'
export { useConnection, useScope, type UseConnection } from './use-connection.ts'
export { useOpening, type Opening } from './use-opening.ts'
export { usePolar } from './use-polar.ts'
export {
  problemText,
  type ProblemAction,
  type ProblemParams,
  type ProblemText,
} from '@polar-connect/browser/texts'

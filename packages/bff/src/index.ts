export {
  DEFAULT_ROUTES,
  mintsCredentials,
  type ApiMethod,
  type ApiRoute,
} from './api/allow-list.ts'
export type { Coordinator } from './coordinator/coordinator.ts'
export { createBff, type Bff } from './create-bff.ts'
export { PINNED_API, pinnedApiNotice } from './diagnostics/pinned-api.ts'
export { createFetchUpstream } from './upstream/drivers/fetch.ts'
export { createMemoryCoordinator } from './coordinator/drivers/memory.ts'
export { BffError, type BffErrorOptions } from './errors/bff-error.ts'
export type { AnswerCookie } from './http/exchange.ts'
export type { BffEvent, OnEvent } from './errors/events.ts'
export type { Operation } from './errors/operations.ts'
export { createKeyRing, type KeyRing, type SealingKey } from './sealing/key-ring.ts'
export type { Incoming, PlainRequest } from './runtime/incoming.ts'
export { systemTime, type Time } from './runtime/time.ts'
export type { BffOptions } from './options.ts'
export { isSafeOrigin, polarServer, type PolarServer } from './settings/polar-server.ts'
export type { Connected, Disconnected, Owned } from './settings/settings.ts'
export type {
  AnswerHeaders,
  Upstream,
  UpstreamAnswer,
  UpstreamRequest,
} from './upstream/upstream.ts'

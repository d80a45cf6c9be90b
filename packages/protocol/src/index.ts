export {
  AUTHORIZATION_ERRORS,
  isAuthorizationError,
  type AuthorizationError,
} from './authorization-errors.ts'
export {
  CHECK_TITLES,
  CHECK_WORDS,
  MAX_CLOCK_SKEW_SECONDS,
  describeSkew,
  joinChecks,
  summariseChecks,
  type Check,
  type CheckId,
  type CheckStatus,
  type DiagnosticsAnswer,
} from './diagnostics.ts'
export { BASE_PATH, CALLBACK_PATH, CSRF_HEADER, PATHS } from './paths.ts'
export { PROBLEM_STATUS, isProblemCode, type Problem, type ProblemCode } from './problems.ts'
export { SCOPE_AREAS, describeScope, type ScopeArea, type ScopeDescription } from './scope-words.ts'
export { DEFAULT_SCOPES, SCOPES, leastScope, type Scope } from './scopes.ts'
export type {
  AuthorizeAnswer,
  AuthorizeRequest,
  CallbackAnswer,
  CallbackRequest,
  Asks,
  Connection,
  LogoutAnswer,
  ServerIdentity,
  ServerName,
  SessionAnswer,
  Subject,
  SubjectType,
} from './session.ts'

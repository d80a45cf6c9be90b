export {
  AUTHORIZATION_ERRORS,
  isAuthorizationError,
  type AuthorizationError,
} from './authorization-errors.ts'
export {
  CHECKS,
  CHECK_WORDS,
  MAX_CLOCK_SKEW_SECONDS,
  checkHealth,
  describeDifferences,
  describeSkew,
  joinChecks,
  summariseChecks,
  verdictOf,
  type Check,
  type CheckId,
  type CheckStatus,
  type DiagnosticsAnswer,
  type Difference,
  type FaultsAnswer,
  type HealthAnswer,
  type Party,
  type SignInStep,
  type SignInTrace,
  type SignInsAnswer,
  type Verdict,
} from './diagnostics.ts'
export { BASE_PATH, CALLBACK_PATH, CSRF_HEADER, pathOf, type Call } from './paths.ts'
export {
  PROBLEMS,
  PROBLEM_TITLES,
  RETRYABLE_PROBLEMS,
  isProblemCode,
  type Problem,
  type ProblemCode,
  type ProblemRow,
} from './problems.ts'
export { BROWSER_REFRESH_SECONDS, REFRESH_WAIT_SECONDS } from './refresh-limits.ts'
export { retryAfterOf } from './retry-after.ts'
export {
  SCOPE_AREAS,
  describeScope,
  describeScopes,
  type ScopeArea,
  type ScopeDescription,
} from './scope-words.ts'
export { DEFAULT_SCOPES, SCOPES, hasScope, leastScope, type Scope } from './scopes.ts'
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

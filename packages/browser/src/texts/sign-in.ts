/** The texts for errors of sign-ins and sessions. The React components need only these. */
import type { ErrorCode } from '../errors.ts'
import type { ApiTextCode } from './api.ts'
import { NOT_RESPONDING, REPEAT, UNREADABLE, WAIT, type Row } from './row.ts'

const OURS = 'This is a problem in {app}, not something you did.'
const OWNER = "The app's owner needs to check its Polar settings."
const SAFE = 'We stopped to keep you safe.'
const UNCONFIRMED = "We couldn't confirm this came from you"

const APPROVAL: Row = ['Polar needs your approval', "Finish one step on Polar's page.", 'connect']
const CHOOSE: Row = [
  'Choose an organization',
  "Pick the one to connect on Polar's page.",
  'connect',
]
const MALFORMED: Row = ["{app} sent something it shouldn't have", OURS, 'diagnostics']
const NOT_ALLOWED: Row = ["{app} isn't allowed to connect this way", OWNER, 'diagnostics']
const OUR_PROBLEM: Row = ['{app} had a problem', WAIT, 'retry']
const UNFINISHED: Row = ["Polar didn't finish the connection", REPEAT, 'connect']
const WRONG_PLACE: Row = ['The answer came from the wrong place', `${SAFE} Start again.`, 'connect']

export const SIGN_IN_TEXTS = {
  'authorization_error.access_denied': [
    "You didn't allow access",
    'Nothing was connected. You can try again at any time.',
    'connect',
  ],
  'authorization_error.invalid_request': MALFORMED,
  'authorization_error.invalid_scope': [
    "{app} asked for a permission it isn't set up for",
    "The app's owner needs to turn it on in Polar.",
    'diagnostics',
  ],
  'authorization_error.server_error': [
    'Polar had a problem',
    `Your account is fine. ${WAIT}`,
    'connect',
  ],
  'authorization_error.temporarily_unavailable': [
    'Polar is busy right now',
    'Wait a minute and try again.',
    'connect',
  ],
  'authorization_error.unauthorized_client': NOT_ALLOWED,
  'authorization_error.unsupported_response_type': MALFORMED,
  'authorization_error.login_required': [
    'Sign in to Polar first',
    'Then you can connect.',
    'connect',
  ],
  'authorization_error.consent_required': APPROVAL,
  'authorization_error.interaction_required': APPROVAL,
  'authorization_error.account_selection_required': CHOOSE,
  'authorization_error.organization_required': CHOOSE,
  'authorization_error.invalid_sub': [
    "That organization can't be connected",
    'You may have lost access to it. Choose another one.',
    'connect',
  ],
  'authorization_error.invalid_request_uri': UNFINISHED,
  'authorization_error.invalid_request_object': UNFINISHED,
  'authorization_error.request_not_supported': UNFINISHED,
  'authorization_error.request_uri_not_supported': UNFINISHED,
  'authorization_error.registration_not_supported': UNFINISHED,
  'authorization_error.unknown': UNFINISHED,
  organization_mismatch: [
    'You picked {picked}',
    'To reconnect, pick {org}. Nothing changed.',
    'connect',
  ],
  state_mismatch: [
    UNCONFIRMED,
    `${SAFE} Two sign-ins may be open in different tabs. Start again in this tab.`,
    'connect',
  ],
  missing_code: [
    'The link from Polar is incomplete',
    'Part of the address got lost. Start again.',
    'connect',
  ],
  callback_replayed: [
    'This link was already used',
    'Each link works once. Start again.',
    'connect',
  ],
  transaction_missing: [
    'We lost track of this sign-in',
    'It may have started in another browser or a private window. Start again here.',
    'connect',
  ],
  transaction_expired: [
    'That took too long',
    'You have 10 minutes to finish. Start again.',
    'connect',
  ],
  issuer_mismatch: WRONG_PLACE,
  authorization_url_refused: WRONG_PLACE,
  owner_mismatch: ['Someone else started this sign-in', 'Start again as yourself.', 'connect'],
  invalid_grant: ['That sign-in took too long or was used already', 'Start again.', 'connect'],
  reauthorization_required: [
    '{app} no longer has access to {org}',
    'Reconnect to keep working on this page.',
    'reconnect',
  ],
  verifier_mismatch: [UNCONFIRMED, 'Start again in this tab.', 'connect'],
  misconfigured: [
    "This app isn't set up yet",
    "The app's owner needs to add its Polar keys.",
    'diagnostics',
  ],
  invalid_client: [
    "{app} isn't set up correctly",
    "Polar didn't accept its keys. The app's owner needs to check them.",
    'diagnostics',
  ],
  unauthorized_client: NOT_ALLOWED,
  invalid_request: MALFORMED,
  payload_too_large: MALFORMED,
  unsupported_media_type: MALFORMED,
  headers_too_large: [
    'Too many cookies on this site',
    'Other apps here set them. Clear the cookies of this site and start again.',
    'connect',
  ],
  method_not_allowed: MALFORMED,
  rate_limited: ['Loading too fast', 'Continuing in {time}.', 'retry'],
  polar_unavailable: [NOT_RESPONDING, 'You stay connected. Trying again in {time}.', 'retry'],
  refresh_timeout: OUR_PROBLEM,
  coordinator_unavailable: OUR_PROBLEM,
  owner_unavailable: OUR_PROBLEM,
  internal: OUR_PROBLEM,
  polar_invalid_response: [UNREADABLE, REPEAT, 'connect'],
  exchange_timeout: [
    'Polar is taking too long',
    "We don't know whether it worked. Start again.",
    'connect',
  ],
  id_token_invalid: [
    "The answer from Polar didn't check out",
    `${SAFE} If it keeps happening, check your computer's clock.`,
    'connect',
  ],
  cookies_blocked: [
    'Your browser is blocking cookies',
    'Allow cookies for this site, then try again.',
    'retry',
  ],
  storage_blocked: [
    'Your browser is blocking site data',
    'Sign-in needs it. Allow site data for this site, then try again.',
    'retry',
  ],
  insecure_context: [
    'This page needs a secure connection',
    'Open it over https, or on localhost.',
    'none',
  ],
  wrong_address: ['Open {app} at {origin}', 'Sign-in only works at that address.', 'address'],
  session_too_large: ["{app} couldn't save your session", OURS, 'diagnostics'],
  app_refused: [
    "{app} couldn't save the connection",
    'Nothing is connected. Try again later.',
    'connect',
  ],
  csrf_rejected: ['We blocked that request', "It didn't come from {app}'s own page.", 'home'],
  owner_required: ['Sign in first', 'Then connect your Polar account.', 'home'],
  not_connected: ['Connect to see this page', 'Connect your Polar account to continue.', 'connect'],
  insufficient_scope: [
    'Allow access to see this',
    '{app} needs your permission to {words}.',
    'grant',
  ],
  server_unreachable: ["This app's server isn't answering", WAIT, 'retry'],
  offline: ["You're offline", "We'll reload when you're back online.", 'none'],
  unknown: ["That didn't work", REPEAT, 'retry'],
} as const satisfies Record<Exclude<ErrorCode, ApiTextCode>, Row>

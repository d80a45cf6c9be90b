/** The texts of all other errors: of calls and pages. */
import type { ErrorCode } from '../errors.ts'
import { NOT_RESPONDING, REPEAT, UNREADABLE, WAIT, type Row } from './row.ts'

export const API_TEXTS = {
  revoke_unconfirmed: [
    "You're disconnected here, but Polar didn't confirm",
    'We deleted our copy of the access, so nothing here can use it.',
    'home',
  ],
  not_permitted: [
    "You don't have access to this",
    'Ask an admin of {org} to give you access in Polar.',
    'overview',
  ],
  not_found: [
    "We couldn't find this {thing}",
    'It may be deleted, or belong to another organization.',
    'list',
  ],
  load_failed: ["We couldn't load {things}", 'Your access in Polar may have changed.', 'retry'],
  polar_version_gone: [
    '{app} needs an update',
    'Polar no longer supports the version it uses.',
    'diagnostics',
  ],
  gone: ['This {thing} is no longer available', 'It was removed in Polar.', 'list'],
  conflict: [
    'Someone changed this at the same time',
    'Reload to see the latest version, then try again.',
    'reload',
  ],
  validation: ['{toFix}', "Polar didn't accept what you entered.", 'fields'],
  polar_rate_limited: ['Polar asked us to slow down', 'Continuing in {time}.', 'retry'],
  upstream_error: [NOT_RESPONDING, `Your data is safe. ${WAIT}`, 'retry'],
  upstream_timeout: ['Polar is taking too long', WAIT, 'retry'],
  bad_response: [UNREADABLE, REPEAT, 'retry'],
  request_blocked: [
    'Something in your browser blocked this',
    'A content blocker may be on. Allow this site, then try again.',
    'retry',
  ],
  page_crash: ['This page stopped working', 'The rest of the app still works.', 'reload'],
  chunk_load: ['A new version is available', 'Reload to continue. Your drafts are kept.', 'reload'],
  page_not_found: ['Page not found', 'Check the address, or go back to the start.', 'home'],
} as const satisfies Partial<Record<ErrorCode, Row>>

export type ApiTextCode = keyof typeof API_TEXTS

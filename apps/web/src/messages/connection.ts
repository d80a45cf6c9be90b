/** The connection page. */
import { list } from './counting.ts'
import { pages } from './pages.ts'

export const connection = {
  title: pages.connection,
  status: 'Status',
  active: 'Active',
  ended: 'Ended',
  accessTo: 'Access to',
  organizationSubject: 'One organization',
  userSubject: 'All my organizations',
  environment: 'Environment',
  on: 'Connected on',
  renews: (time: string) => `Renews automatically in ${time}`,
  atNextUse: 'At next use',
  renewing: 'Renewing now…',
  lastRenewed: 'Last renewed',
  renew: 'Renew access now',
  justRenewed: 'Just renewed.',
  renewedToast: 'Access renewed.',
  permissions: (app: string) => `What ${app} can do`,
  canChange: 'Can make changes',
  notIncluded: (words: readonly string[]) => `Asked for, but Polar didn't include: ${list(words)}.`,
  add: 'Permissions you can add',
  addButton: 'Add permissions',
  addHint: 'Choose at least one permission.',
  denied: 'Permission not granted. Nothing changed.',
  addNone: 'Nothing more to add.',
  organization: 'Organization',
  organizationText: "You'll choose another organization in Polar.",
  another: 'Connect a different organization',
  leave: 'Log out or disconnect',
  logOutHint: "This browser's access ends. You can connect again at any time.",
  disconnect: 'Disconnect',
  disconnectHint: (app: string, org: string) =>
    `Remove ${app}'s access to ${org}. This waits until Polar confirms it.`,
  dialogTitle: 'Disconnect from Polar?',
  dialogText: (app: string, org: string) =>
    `${app} loses access to ${org} from this browser right away. Your data in Polar stays as it is.`,
  dialogOthers: 'Other browsers you connected stay connected. You can connect again later.',
  keep: 'Keep connected',
  disconnecting: 'Disconnecting…',
}

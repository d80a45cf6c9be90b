/** The frame around every page, and words that pages share. */
import { NAME } from '../facts.ts'

export const shell = {
  app: NAME,
  documentTitle: (page: string) => `${page} · ${NAME}`,
  skip: 'Skip to main content',
  newTab: '(opens in a new tab)',
  home: `${NAME} home`,
  mainNavigation: 'Main',
  menu: 'Menu',
  closeMenu: 'Close menu',
  /** The first one only if the connect button asks for no permission to change data. */
  readOnly: 'Read-only to start.',
  disconnectAnyTime: 'You can disconnect at any time.',
  appLinks: { privacy: 'Privacy', terms: 'Terms', help: 'Get help' },
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  environments: {
    emulator: { name: 'Emulator', hint: 'Data is fake and stays on this computer.' },
    sandbox: { name: 'Sandbox', hint: 'Polar sandbox: test data only.' },
    custom: { name: 'Custom server', hint: 'This is not a server that Polar runs.' },
  },
  production: 'Production',
  account: (name: string) => `Account: ${name}`,
  logOut: 'Log out',
  needsPermission: (page: string) => `${page} (needs permission)`,
  /** In place of a name, if all of a person's organizations are connected. */
  yourOrganizations: 'your organizations',
  reconnect: 'Reconnect',
  reloadPage: 'Reload this page',
  connect: 'Connect with Polar',
  connectedTo: (name: string) => `Connected to ${name}`,
  connectedAnnouncement: (name: string) => `Connected to ${name}.`,
}

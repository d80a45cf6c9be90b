/** The diagnostics page. What the checks say themselves is for developers, and in English. */
export const diagnostics = {
  thing: 'checks',
  again: 'Run checks again',
  report: 'report',
  redirectUri: 'redirect URI',
  fix: 'Fix:',
  breaks: 'Breaks:',
  harmless: 'Harmless:',
}

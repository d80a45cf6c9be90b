/** The pages for developers. The texts of checks and steps come from the server, in English. */
import { count, number } from './counting.ts'

export const diagnostics = {
  thing: 'checks',
  again: 'Run checks again',
  report: 'report',
  redirectUri: 'redirect URI',
  fix: 'Fix:',
  breaks: 'Breaks:',
  harmless: 'Harmless:',
  faultsOn: (faults: number) => `Emulator: ${count(faults, 'fault', 'faults')} on`,
  signIns: {
    title: 'Sign-in, step by step',
    thing: 'sign-ins',
    flow: 'Flow',
    /** `2:02 PM, Failed, k3m9x2ab` */
    option: (time: string, result: string, reference: string | undefined) =>
      reference === undefined ? `${time}, ${result}` : `${time}, ${result}, ${reference}`,
    results: { under_way: 'Under way', connected: 'Connected', failed: 'Failed' },
    statuses: {
      done: 'Done',
      failed: 'Failed',
      not_reached: 'Not reached',
      not_seen: 'Not seen',
    },
    parties: { browser: 'Browser', server: 'Server', polar: 'Polar' },
    way: (step: number, from: string, to: string) =>
      from === to ? `${number(step)}. ${from}` : `${number(step)}. ${from} → ${to}`,
    milliseconds: (milliseconds: number) => `${number(milliseconds)} ms`,
    none: 'No sign-in yet. Connect once, then come back.',
    unknown: (reference: string) =>
      `No sign-in that is still remembered has the reference ${reference}.`,
  },
}

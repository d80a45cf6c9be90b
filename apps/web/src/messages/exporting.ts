/** The export of a list as a file. */
import { number } from './counting.ts'

export const exporting = {
  button: 'Export CSV',
  busy: 'Another export is running.',
  label: 'Export',
  progress: (done: number, total: number, things: string) =>
    total === 0
      ? `Exporting ${things}…`
      : `Exporting ${number(done)} of ${number(total)} ${things}…`,
  waiting: (seconds: number) =>
    `Waiting for Polar. Continuing in ${number(seconds)} ${seconds === 1 ? 'second' : 'seconds'}.`,
  stopped: (done: number, total: number) =>
    `Export stopped at ${number(done)} of ${number(total)}.`,
  tooMany: 'Too many rows for one file. Choose fewer dates.',
  done: (counted: string) => `Exported ${counted}.`,
  cancel: 'Cancel',
  continue: 'Continue',
  discard: 'Discard',
}

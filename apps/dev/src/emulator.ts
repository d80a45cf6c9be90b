/** `emulator`: the local Polar alone, with its own arguments. */
import { ROOT } from './workspace.ts'

// What follows the command belongs to the emulator.
process.argv.splice(2, 1)
await import(`${ROOT}packages/emulator/src/cli.ts`)

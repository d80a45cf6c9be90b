export { createClock, type Clock } from './world/clock.ts'
export { createEmulator, type Emulator, type Listening } from './create-emulator.ts'
export type { EmulatorOptions } from './options.ts'
export { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from './world/default-client.ts'

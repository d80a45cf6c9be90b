/** A fault that the person can fix. Its message says how; a bug keeps its stack. */
export class UserError extends Error {}

/** Ends the command with the message, or throws `error` if it is a bug. */
export function exitWith(error: unknown): never {
  const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS_')
  if (!isUsage && !(error instanceof UserError)) throw error
  console.error((error as Error).message)
  process.exit(1)
}

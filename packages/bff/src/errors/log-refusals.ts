/** The default for `onEvent`: what an operator must know, on the console. */
import type { OnEvent } from './events.ts'

/** A page shows the reference of each sign-in that fails, so the log has it too. */
const SIGN_IN = /\/(authorize|callback)$/

/**
 * Refusals of status 500 and above: our faults, faulty settings, and what cannot be reached. Of the
 * others, those that end a sign-in.
 */
export const logRefusals: OnEvent = (event) => {
  if (event.type === 'hook_failed') {
    write(`hook_failed (${event.reference})`, event.reason, event.stack)
  }
  if (event.type === 'other_address') {
    const { type, actual, expected } = event
    write(
      type,
      `called as ${actual}, not as ${expected}: a page is open there, or a proxy changes Host`,
    )
  }
  if (event.type !== 'refused' || (event.status < 500 && !SIGN_IN.test(event.route))) return
  const { code, reference, method, route, reason, stack } = event
  write(`${code} (${reference}) at ${method} ${route}`, reason, stack)
}

/** One line, and the stack below it if there is one. A control character could move the cursor. */
function write(what: string, reason: string, stack?: string): void {
  const line = `polar-connect: ${what}: ${reason.replaceAll(/[\p{C}\s]+/gu, ' ')}`
  console.error(stack ? `${line}\n${stack}` : line)
}

/** The faults that a developer turned on in the emulator: no other question to Polar can find them all. */
import type { Check } from '@polar-connect/protocol'
import * as v from 'valibot'
import type { PolarFacts } from './polar-answers.ts'
import { createAskPolar } from './questions.ts'

const faultsSchema = v.object({
  items: v.array(v.object({ title: v.string(), stops: v.nullable(v.string()) })),
})

export type EmulatorFault = v.InferOutput<typeof faultsSchema>['items'][number]

/** Undefined if the server is not the emulator. */
export async function readEmulatorFaults(
  facts: Pick<PolarFacts, 'server' | 'upstream' | 'time'>,
): Promise<readonly EmulatorFault[] | undefined> {
  if (!facts.server.loopback) return undefined
  const answer = await createAskPolar(facts)('GET', '/_emulator/faults')
  const parsed = v.safeParse(faultsSchema, answer?.body)
  return answer?.status === 200 && parsed.success ? parsed.output.items : undefined
}

/** No check if the server is not the emulator. */
export async function checkEmulatorFaults(facts: PolarFacts): Promise<readonly Check[]> {
  const id = 'emulator_faults'
  const items = await readEmulatorFaults(facts)
  if (items === undefined) return []
  if (items.length === 0) return [{ id, status: 'ok', detail: 'None is on.' }]
  const detail = `${items.length} on: ${items.map(({ title }) => title).join(', ')}.`
  const fix = `Turn it off at ${facts.server.identity.origin}/_panel/faults.`
  const stops = (what: string) => items.some((item) => item.stops === what)
  if (stops('sign_in')) {
    // The verdict quotes the first sentence.
    return [{ id, status: 'failed', detail: `${detail} Sign-in will fail.`, fix }]
  }
  const rest = stops('data') ? "Sign-in works, data won't load." : 'Sign-in works.'
  return [{ id, status: 'warning', detail: `${detail} ${rest}`, fix }]
}

/** Saves and restores the state as JSON. Faults are not saved. */
import type { JWK } from 'jose'
import type { Client, Code, Consent, Pair, Settings } from './records.ts'
import type { World } from './world.ts'
import type { Dataset } from '../objects/dataset.ts'

const FORMAT = 2

interface Snapshot {
  readonly format: typeof FORMAT
  readonly clock_offset: number
  readonly dataset: Dataset
  readonly clients: readonly Client[]
  readonly codes: readonly Code[]
  readonly pairs: readonly Pair[]
  readonly consents: readonly (readonly [string, Consent])[]
  readonly signed_in: string | null
  readonly settings: Settings
  readonly keys: readonly JWK[]
}

export async function takeSnapshot(world: World): Promise<string> {
  const snapshot: Snapshot = {
    format: FORMAT,
    clock_offset: world.clock.moved(),
    dataset: world.dataset,
    clients: [...world.clients.values()],
    codes: [...world.codes.values()],
    pairs: world.pairs,
    consents: [...world.consents],
    signed_in: world.signedIn,
    settings: world.settings,
    keys: await world.keys.export(),
  }
  return JSON.stringify(snapshot)
}

/**
 * Restores a snapshot. The options of the start win over the saved settings and over the saved
 * secret of the seeded client. Its redirect URIs are those of both. Settings that the snapshot lacks
 * keep their defaults.
 *
 * @throws SyntaxError, TypeError if `text` is not a snapshot. The state is then unchanged.
 */
export function applySnapshot(world: World, text: string): void {
  const snapshot = JSON.parse(text) as Partial<Snapshot> | null
  if (snapshot?.format !== FORMAT) throw new TypeError('the state is of another format')
  const { clock_offset, dataset, clients, codes, pairs, consents, signed_in, settings, keys } =
    snapshot as Snapshot
  const seeded = [...world.clients.values()]
  const kept = new Map(clients.map((client) => [client.id, client]))
  for (const client of seeded) {
    const known = kept.get(client.id)
    const redirectUris = [...new Set([...client.redirectUris, ...(known?.redirectUris ?? [])])]
    kept.set(client.id, { ...client, ...known, secret: client.secret, redirectUris })
  }
  // The seeded client stays first: controls use the first client if a call names none.
  const first = seeded.map(({ id }) => id)
  const ordered = [...kept].toSorted(
    ([a], [b]) => Number(first.includes(b)) - Number(first.includes(a)),
  )
  world.clock.reset()
  world.clock.advance(clock_offset)
  Object.assign(world, {
    dataset: { ...world.dataset, ...dataset },
    clients: new Map(ordered),
    codes: new Map(codes.map((code) => [code.value, code])),
    pairs: [...pairs],
    consents: new Map(consents),
    signedIn: signed_in,
    settings: { ...world.settings, ...settings, ...world.given },
  })
  world.keys.import(keys)
}

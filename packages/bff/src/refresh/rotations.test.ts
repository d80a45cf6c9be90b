import { describe, expect, it } from 'vitest'
import { COORDINATOR_KEYS } from '../coordinator/coordinator.ts'
import { createMemoryCoordinator } from '../coordinator/drivers/memory.ts'
import { POLICY } from './policy.ts'
import { createRotations, rotationIdOf, type Rotations } from './rotations.ts'
import { createSessionSeal, type Session } from '../sealing/sealed-session.ts'
import { testKeys } from '../testing/keys.ts'

const first: Session = {
  id: 'a session',
  accessToken: 'access 0',
  refreshToken: 'refresh 0',
  issuedAt: 1_790_000_000,
  accessTokenExpiresAt: 1_790_864_000,
  connectedAt: 1_790_000_000,
  expiresAt: 1_792_592_000,
  generation: 0,
  server: 'https://polar.sh',
  subject: { type: 'user', id: 'ada' },
  user: { id: 'ada' },
  scopes: ['openid'],
  requestedScopes: ['openid'],
}

async function next(session: Session, name = ''): Promise<Session> {
  const generation = session.generation + 1
  return {
    ...session,
    generation,
    accessToken: `access ${generation}${name}`,
    refreshToken: `refresh ${generation}${name}`,
    previous: await rotationIdOf(session),
  }
}

async function setUp() {
  let now = first.issuedAt
  const coordinator = createMemoryCoordinator({ now: () => now })
  const rotations = createRotations({ coordinator, keys: await testKeys('one') })
  return { coordinator, rotations, advance: (seconds: number) => void (now += seconds) }
}

/** Two callers with one refresh token. */
const both = async (rotations: Rotations) =>
  [await rotations.of(first), await rotations.of(first)] as const

describe('what became of a refresh token', () => {
  it('S43: is sealed for holders of that token alone', async () => {
    const { coordinator, rotations } = await setUp()
    const mine = await rotations.of(first)
    await mine.hold()
    await mine.publish(await next(first))
    const record = await coordinator.read(COORDINATOR_KEYS.rotation(await rotationIdOf(first)))
    expect(record).toMatch(/^rotated:/)
    expect(record).not.toMatch(/access|refresh|ada/)
    const sealed = record?.slice('rotated:'.length) ?? ''
    const keys = await testKeys('one')
    expect(await createSessionSeal(keys, 'successor').open(sealed)).toBeUndefined()
    expect(await createSessionSeal(keys, 'session').open(sealed)).toBeUndefined()
    expect(await createSessionSeal(keys, 'successor', 'refresh 0').open(sealed)).toEqual(
      await next(first),
    )
  })

  it('S40: is unknown to another session, and to another generation of the same', async () => {
    const { rotations } = await setUp()
    await (await rotations.of(first)).hold()
    expect((await (await rotations.of({ ...first, id: 'another' })).read()).status).toBe('unknown')
    expect((await (await rotations.of({ ...first, generation: 1 })).read()).status).toBe('unknown')
    expect((await (await rotations.of({ ...first, accessToken: 'other' })).read()).status).toBe(
      'held',
    )
  })

  it('is held by one, for longer than a request to Polar takes', async () => {
    const { rotations, advance } = await setUp()
    const [mine, yours] = await both(rotations)
    expect(await mine.hold()).toBe(true)
    expect(await yours.hold()).toBe(false)
    advance(POLICY.lock - 1)
    expect(await yours.hold()).toBe(false)
    advance(2)
    expect(await yours.hold()).toBe(true)
    // Too late: the old holder has no say any more.
    await mine.letGo()
    await mine.lose(first.issuedAt, 10)
    expect(await mine.refuse()).toBe(false)
    expect((await mine.read()).status).toBe('held')
  })

  it('is sent by no one for a while after an answer was lost', async () => {
    const { rotations, advance } = await setUp()
    const [mine, yours] = await both(rotations)
    await mine.hold()
    await mine.lose(first.issuedAt, 30)
    expect(await yours.read()).toEqual({ status: 'lost', until: first.issuedAt + 30 })
    expect(await yours.hold()).toBe(false)
    advance(31)
    expect(await yours.hold()).toBe(true)
  })

  it('is the first result, not the last one written', async () => {
    const { rotations, advance } = await setUp()
    const [mine, yours] = await both(rotations)
    await mine.hold()
    advance(POLICY.lock + 1)
    await yours.hold()
    const successor = await next(first, ' mine')
    const rotated = { status: 'rotated', successor }
    expect(await mine.publish(successor)).toEqual(rotated)
    expect(await yours.publish(await next(first, ' yours'))).toEqual(rotated)
    expect(await yours.refuse()).toBe(false)
    // Told again, since the first telling may have gone unheard.
    expect(await mine.publish(successor)).toEqual(rotated)
  })

  it('stays delivered after later writes', async () => {
    const { rotations } = await setUp()
    const [mine, yours] = await both(rotations)
    const second = await next(first)
    await mine.hold()
    await rotations.deliver(second, await rotationIdOf(first))
    expect(await mine.publish(second)).toEqual({ status: 'delivered', successor: second })
    expect(await yours.publish(await next(first, ' other'))).toEqual({
      status: 'delivered',
      successor: undefined,
    })
    expect(await yours.hold()).toBe(false)
  })

  it('is a reason to wait if this instance does not have its key yet', async () => {
    const { coordinator, rotations } = await setUp()
    const mine = await rotations.of(first)
    await mine.hold()
    await mine.publish(await next(first))
    const older = createRotations({ coordinator, keys: await testKeys('two') })
    await expect((await older.of(first)).read()).rejects.toMatchObject({
      code: 'coordinator_unavailable',
    })
  })
})

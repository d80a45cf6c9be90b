import { describe, expect, it } from 'vitest'
import { COORDINATOR_KEYS } from '../coordinator/coordinator.ts'
import { createMemoryCoordinator } from '../coordinator/drivers/memory.ts'
import { createRotations, digestOf } from './rotations.ts'
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
  subject: { type: 'user', id: 'somebody' },
  user: { id: 'somebody' },
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
    previous: await digestOf(session),
  }
}

async function setUp() {
  let now = first.issuedAt
  const coordinator = createMemoryCoordinator({ now: () => now })
  const rotations = createRotations(coordinator, await testKeys('one'))
  return { coordinator, rotations, advance: (seconds: number) => void (now += seconds) }
}

describe('what became of a refresh token', () => {
  it('S43: is sealed for whoever held that token, and for nobody else', async () => {
    const { coordinator, rotations } = await setUp()
    await rotations.hold(first, 'me')
    await rotations.publish(first, await next(first), 'me')
    const record = await coordinator.read(COORDINATOR_KEYS.rotation(await digestOf(first)))
    expect(record).toMatch(/^rotated:/)
    expect(record).not.toMatch(/access|refresh|somebody/)
    const sealed = record?.slice('rotated:'.length) ?? ''
    const keys = await testKeys('one')
    expect(await createSessionSeal(keys, 'successor').open(sealed)).toBeUndefined()
    expect(await createSessionSeal(keys, 'session').open(sealed)).toBeUndefined()
    expect(await createSessionSeal(keys, 'successor', 'refresh 0').open(sealed)).toEqual(
      await next(first),
    )
  })

  it('S40: is nothing to another session, nor to another generation of the same', async () => {
    const { rotations } = await setUp()
    await rotations.hold(first, 'me')
    expect((await rotations.read({ ...first, id: 'another' })).status).toBe('unknown')
    expect((await rotations.read({ ...first, generation: 1 })).status).toBe('unknown')
    expect((await rotations.read({ ...first, accessToken: 'other' })).status).toBe('held')
  })

  it('is held by one, for as long as that one renews it', async () => {
    const { rotations, advance } = await setUp()
    expect(await rotations.hold(first, 'me')).toBe(true)
    expect(await rotations.hold(first, 'you')).toBe(false)
    for (let beat = 0; beat < 5; beat += 1) {
      advance(5)
      await rotations.renew(first, 'me')
    }
    expect(await rotations.hold(first, 'you')).toBe(false)
    advance(7)
    expect(await rotations.hold(first, 'you')).toBe(true)
    // Too late: neither of these is the old holder's to say any more.
    await rotations.renew(first, 'me')
    await rotations.letGo(first, 'me')
    expect(await rotations.refuse(first, 'me')).toBe(false)
    expect((await rotations.read(first)).status).toBe('held')
  })

  it('is what came first, whoever writes last', async () => {
    const { rotations, advance } = await setUp()
    await rotations.hold(first, 'me')
    advance(7)
    await rotations.hold(first, 'you')
    const mine = await next(first, ' mine')
    const yours = await next(first, ' yours')
    expect(await rotations.publish(first, mine, 'me')).toEqual({
      status: 'rotated',
      successor: mine,
    })
    expect(await rotations.publish(first, yours, 'you')).toEqual({
      status: 'rotated',
      successor: mine,
    })
    expect(await rotations.refuse(first, 'you')).toBe(false)
    // Told again, since the first telling may have gone unheard.
    expect(await rotations.publish(first, mine, 'me')).toEqual({
      status: 'rotated',
      successor: mine,
    })
  })

  it('is delivered for good, whatever else is said of it', async () => {
    const { rotations } = await setUp()
    const second = await next(first)
    await rotations.hold(first, 'me')
    await rotations.deliver(second)
    expect(await rotations.publish(first, second, 'me')).toEqual({
      status: 'delivered',
      successor: second,
    })
    expect(await rotations.publish(first, await next(first, ' other'), 'you')).toEqual({
      status: 'delivered',
      successor: undefined,
    })
    expect(await rotations.hold(first, 'you')).toBe(false)
  })

  it('is a reason to wait where it was sealed by a key that is not here yet', async () => {
    const { coordinator, rotations } = await setUp()
    await rotations.hold(first, 'me')
    await rotations.publish(first, await next(first), 'me')
    const older = createRotations(coordinator, await testKeys('two'))
    await expect(older.read(first)).rejects.toMatchObject({ code: 'coordinator_unavailable' })
  })
})

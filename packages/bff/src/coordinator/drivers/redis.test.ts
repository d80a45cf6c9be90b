import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { hasRedis, startRedisServer, type RedisServer } from '../../testing/redis-server.ts'
import { describeCoordinatorContract, describeStoreContract } from '../contract.ts'
import { createRedisCoordinator, type RedisCoordinator } from './redis.ts'

describe.skipIf(!hasRedis)('with a redis-server', () => {
  let server: RedisServer
  const opened: RedisCoordinator[] = []

  beforeAll(async () => {
    server = await startRedisServer()
  })
  afterAll(async () => {
    for (const coordinator of opened) coordinator.close()
    await server.close()
  })

  async function setUp(options?: Parameters<typeof createRedisCoordinator>[1]) {
    await server.flush()
    const coordinator = createRedisCoordinator(server.url, options)
    opened.push(coordinator)
    return {
      coordinator,
      advance: server.advance,
      async takeAway() {
        await server.kill()
        return server.restart
      },
    }
  }

  describeCoordinatorContract('Redis', setUp)

  describeStoreContract('Redis', setUp)

  describeStoreContract('frozen Redis', async () => ({
    ...(await setUp()),
    async takeAway() {
      server.freeze()
      return async () => server.thaw()
    },
  }))

  describe('the Redis coordinator', () => {
    it('puts its name before every key, so that two apps can share a database', async () => {
      const { coordinator: one } = await setUp()
      const other = createRedisCoordinator(server.url, { prefix: 'other:' })
      opened.push(other)
      expect(await one.claim('key', 'one', 10)).toBe(true)
      expect(await other.claim('key', 'other', 10)).toBe(true)
      expect([...(await server.dump()).keys()].toSorted()).toEqual([
        'other:key',
        'polar-connect:key',
      ])
    })

    it('gives each key its own prefix', async () => {
      const { coordinator } = await setUp({ prefix: (key) => (key === 'mine' ? 'one:' : 'all:') })
      for (const key of ['mine', 'theirs']) await coordinator.write(key, 'value', 10)
      expect([...(await server.dump()).keys()].toSorted()).toEqual(['all:theirs', 'one:mine'])
    })

    it('connects a client that waits for its first command', async () => {
      const own = { lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 0 }
      const coordinator = createRedisCoordinator(new Redis(server.url, own))
      opened.push(coordinator)
      await coordinator.write('key', 'value', 10)
      expect(await coordinator.read('key')).toBe('value')
    })

    const listeners: Server[] = []
    afterAll(() => listeners.forEach((listener) => listener.close()))
    async function listen(serve: (socket: Socket) => void): Promise<string> {
      const listener = createServer((socket) => serve(socket.on('error', () => undefined)))
      listeners.push(listener)
      await once(listener.listen(0, '127.0.0.1'), 'listening')
      return `redis://127.0.0.1:${(listener.address() as AddressInfo).port}`
    }

    it('replaces a connection that died in silence', async () => {
      const alive = new Set<Socket>()
      const url = await listen((near) => {
        alive.add(near)
        const far = connect(Number(new URL(server.url).port), '127.0.0.1')
        near.on('data', (data) => alive.has(near) && far.write(data)).on('close', () => far.end())
        far.on('data', (data) => alive.has(near) && near.write(data)).on('close', () => near.end())
      })
      const coordinator = createRedisCoordinator(url)
      opened.push(coordinator)
      await coordinator.write('key', 'value', 60)
      alive.clear()
      await expect(coordinator.read('key')).rejects.toThrow('the store did not answer')
      const read = () => coordinator.read('key')
      expect(await vi.waitFor(read, { timeout: 10_000, interval: 50 })).toBe('value')
    })

    it('says that an address is one node of a Cluster', async () => {
      const url = await listen((socket) =>
        socket.on('data', (data) => {
          for (const [, command] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)) {
            socket.write(command === 'get' ? '-MOVED 1 127.0.0.1:2\r\n' : '$2\r\nok\r\n')
          }
        }),
      )
      expect(await heard(url)).toEqual([
        expect.stringMatching(/^MOVED 1 127.0.0.1:2\. .*a Cluster client$/),
      ])
    })

    it('reports once that the store is away, and once that it is back', async () => {
      const told: boolean[] = []
      const { coordinator, takeAway } = await setUp({
        onReachable: (reachable) => void told.push(reachable),
      })
      await coordinator.read('key')
      expect(told).toEqual([])
      const bringBack = await takeAway()
      for (let call = 0; call < 3; call += 1)
        await expect(coordinator.read('key')).rejects.toThrow('the store')
      expect(told).toEqual([false])
      await bringBack()
      await vi.waitFor(() => coordinator.read('key'), { timeout: 20_000, interval: 50 })
      expect(told).toEqual([false, true])
    })

    const servers: RedisServer[] = []
    afterAll(() => Promise.all(servers.map(({ close }) => close())))
    async function start(...more: string[]): Promise<RedisServer> {
      const started = await startRedisServer(...more)
      servers.push(started)
      return started
    }

    /** What is heard when three calls in a row fail. */
    async function heard(url: string): Promise<readonly (string | undefined)[]> {
      const causes: (string | undefined)[] = []
      const coordinator = createRedisCoordinator(url, {
        onReachable: (_, cause) => void causes.push(cause),
      })
      opened.push(coordinator)
      for (let call = 0; call < 3; call += 1) {
        await expect(coordinator.read('key')).rejects.toThrow('the store')
      }
      return causes
    }

    it('reports once why there is no connection, without the password', async () => {
      const locked = await start('--user', 'ada', 'on', '>right', '~*', '+@all')
      const at = (user: string) => locked.url.replace('//', `//${user}@`)
      expect(await heard('redis://ada:wrong-one@127.0.0.1:1')).toEqual([
        expect.stringContaining('ECONNREFUSED'),
      ])
      expect(await heard(at('ada:wrong-one'))).toEqual([expect.stringContaining('WRONGPASS')])
      expect(await heard(locked.url.replace('redis:', 'rediss:'))).toEqual([
        expect.stringMatching(/TLS|EPROTO|ECONNRESET/),
      ])
      const closed = await start('--requirepass', 'right')
      expect(await heard(closed.url)).toEqual([expect.stringContaining('NOAUTH')])
    })

    it('fails immediately if there never was a store', async () => {
      const coordinator = createRedisCoordinator('redis://127.0.0.1:1')
      opened.push(coordinator)
      await expect(coordinator.read('key')).rejects.toMatchObject({
        code: 'coordinator_unavailable',
      })
    })
  })
})

it.each(['', ' '])('an empty address is no Redis on this machine: "%s"', (address) => {
  expect(() => createRedisCoordinator(address)).toThrow('the address is empty')
})

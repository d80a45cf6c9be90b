import { afterEach, describe, expect, it, vi } from 'vitest'
import { isOnline, openChannel, openStorage, webCrypto, webLocks } from './web-apis.ts'

afterEach(() => vi.unstubAllGlobals())

const securityError = () => new DOMException('The operation is insecure.', 'SecurityError')

/** Blocks `name` as browsers do: missing, null, or throwing when read. */
function stub(
  name: string,
  value: 'missing' | 'null' | 'throws',
  owner: object = globalThis,
): void {
  const before = Object.getOwnPropertyDescriptor(owner, name)
  Object.defineProperty(owner, name, {
    configurable: true,
    get() {
      if (value === 'throws') throw securityError()
      return value === 'null' ? null : undefined
    },
  })
  restore.push(() => {
    if (before) Object.defineProperty(owner, name, before)
    else Reflect.deleteProperty(owner, name)
  })
}
const restore: (() => void)[] = []
afterEach(() => {
  for (const undo of restore.splice(0)) undo()
})

const WAYS = ['missing', 'null', 'throws'] as const

describe('a storage', () => {
  it.each(WAYS)('that is %s stores nothing and does not fail', (way) => {
    stub('localStorage', way)
    const storage = openStorage('localStorage')
    expect(storage.set('key', 'value')).toBe(false)
    expect(storage.get('key')).toBeUndefined()
    expect(() => storage.remove('key')).not.toThrow()
  })

  it('that refuses each use stores nothing and does not fail', () => {
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
    const storage = openStorage('sessionStorage')
    expect(storage.set('key', 'value')).toBe(false)
    expect(storage.get('key')).toBeUndefined()
    expect(() => storage.remove('key')).not.toThrow()
  })

  it('that works returns a stored value until it is removed', () => {
    const values = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => void values.delete(key),
    })
    const storage = openStorage('localStorage')
    expect(storage.get('key')).toBeUndefined()
    expect(storage.set('key', '')).toBe(true)
    expect(storage.get('key')).toBe('')
    storage.remove('key')
    expect(storage.get('key')).toBeUndefined()
  })
})

describe.each(WAYS)('an API that is %s', (way) => {
  it('is undefined', () => {
    stub('BroadcastChannel', way)
    stub('navigator', way)
    stub('crypto', way)
    expect(openChannel('name')).toBeUndefined()
    expect(webLocks()).toBeUndefined()
    expect(webCrypto()).toBeUndefined()
    expect(isOnline()).toBe(true)
  })

  it('is undefined below its object too', () => {
    vi.stubGlobal('navigator', {})
    vi.stubGlobal('crypto', {})
    stub('locks', way, navigator)
    stub('onLine', way, navigator)
    stub('subtle', way, crypto)
    expect(webLocks()).toBeUndefined()
    expect(webCrypto()).toBeUndefined()
    expect(isOnline()).toBe(true)
  })
})

describe('a channel', () => {
  it('that cannot be created is undefined', () => {
    vi.stubGlobal('BroadcastChannel', function () {
      throw securityError()
    })
    expect(openChannel('name')).toBeUndefined()
  })

  it('that is closed does not fail when someone sends', () => {
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        postMessage() {
          throw new DOMException('closed', 'InvalidStateError')
        }
      },
    )
    expect(() => openChannel('name')?.send('message')).not.toThrow()
  })
})

// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EMPTY_DRAFT, forgetDraft, keepDraft, readDraft } from './link-draft.ts'

afterEach(() => {
  vi.restoreAllMocks()
  sessionStorage.clear()
})

const draft = { ...EMPTY_DRAFT, name: 'Summer', productIds: ['p1'], billingAddress: true }

describe('A draft', () => {
  it('comes back unchanged', () => {
    keepDraft('org-1', draft)
    expect(readDraft('org-1', undefined)).toEqual(draft)
  })

  it('belongs to one account', () => {
    keepDraft('org-1', draft)
    expect(readDraft('org-2', undefined)).toEqual(EMPTY_DRAFT)
  })

  it('begins with the product that the person came from', () => {
    expect(readDraft('org-1', 'p2').productIds).toEqual(['p2'])
  })

  it('keeps later choices if the address still names its first product', () => {
    const begun = readDraft('org-1', 'p2')
    keepDraft('org-1', { ...begun, productIds: ['p3'] })
    expect(readDraft('org-1', 'p2').productIds).toEqual(['p3'])
  })

  it('takes the product of a new address, and keeps the texts', () => {
    keepDraft('org-1', draft)
    expect(readDraft('org-1', 'p9')).toMatchObject({ name: 'Summer', productIds: ['p9'] })
  })

  it('is empty after it is forgotten, and if there is none', () => {
    keepDraft('org-1', draft)
    forgetDraft()
    expect(readDraft('org-1', undefined)).toEqual(EMPTY_DRAFT)
    sessionStorage.setItem('polar-connect:link-draft', 'no draft')
    expect(readDraft('org-1', undefined)).toEqual(EMPTY_DRAFT)
  })

  it('that cannot be stored causes no failure', () => {
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError')
    }
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(blocked)
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(blocked)
    keepDraft('org-1', draft)
    expect(readDraft('org-1', undefined)).toEqual(EMPTY_DRAFT)
  })
})

// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { forgetDrafts } from './forget-drafts.ts'
import { EMPTY_DRAFT, keepDraft, readDraft } from './link-draft.ts'

afterEach(() => {
  vi.restoreAllMocks()
  sessionStorage.clear()
})

const draft = { ...EMPTY_DRAFT, name: 'Summer', productIds: ['p1'], billingAddress: true }

describe('A draft', () => {
  it('comes back unchanged', () => {
    keepDraft('org-1', undefined, draft)
    expect(readDraft('org-1', undefined)).toEqual(draft)
  })

  it('belongs to one account', () => {
    keepDraft('org-1', undefined, draft)
    expect(readDraft('org-2', undefined)).toEqual(EMPTY_DRAFT)
  })

  it('begins with the product that the person came from', () => {
    expect(readDraft('org-1', undefined, 'p2').productIds).toEqual(['p2'])
  })

  it('keeps later choices if the address still names its first product', () => {
    const begun = readDraft('org-1', undefined, 'p2')
    keepDraft('org-1', undefined, { ...begun, productIds: ['p3'] })
    expect(readDraft('org-1', undefined, 'p2').productIds).toEqual(['p3'])
  })

  it('takes the product of a new address, and keeps the texts', () => {
    keepDraft('org-1', undefined, draft)
    expect(readDraft('org-1', undefined, 'p9')).toMatchObject({
      name: 'Summer',
      productIds: ['p9'],
    })
  })

  it('is empty after it is forgotten, and if there is none', () => {
    keepDraft('org-1', undefined, draft)
    forgetDrafts()
    expect(readDraft('org-1', undefined)).toEqual(EMPTY_DRAFT)
    sessionStorage.setItem('polar-connect:link-drafts', 'no draft')
    expect(readDraft('org-1', undefined)).toEqual(EMPTY_DRAFT)
  })

  it('of each link is kept and forgotten by itself', () => {
    const [summer, winter] = ['summer', 'winter'].map((id) => ({ id, products: [] }) as never)
    for (const id of ['summer', 'winter', undefined])
      keepDraft('org-1', id, { ...draft, name: `${id}` })
    keepDraft('org-1', undefined)
    keepDraft('org-1', 'winter')
    expect(readDraft('org-1', summer).name).toBe('summer')
    expect(readDraft('org-1', winter).name).toBe('')
    expect(readDraft('org-1', undefined).name).toBe('')
  })

  it('that cannot be stored causes no failure', () => {
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError')
    }
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(blocked)
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(blocked)
    keepDraft('org-1', undefined, draft)
    expect(readDraft('org-1', undefined)).toEqual(EMPTY_DRAFT)
  })
})

import { ConnectError } from '@polar-connect/browser'
import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT } from './link-draft.ts'
import { findProblems, readProblems } from './link-problems.ts'

const draft = { ...EMPTY_DRAFT, productIds: ['p1'] }
const refused = (detail: unknown) =>
  readProblems(new ConnectError('validation', { status: 422, body: { detail } }))

describe('A draft', () => {
  it('with a product and no address has no problem', () => {
    expect(findProblems(draft)).toEqual([])
  })

  it('needs a product', () => {
    expect(findProblems(EMPTY_DRAFT)).toEqual([{ field: 'products', reason: 'choose' }])
  })

  it.each(['https://shop.example', 'https://shop.example/thanks?id={CHECKOUT_ID}', '  '])(
    'takes %j',
    (successPage) => {
      expect(findProblems({ ...draft, successPage })).toEqual([])
    },
  )

  it.each([
    'http://shop.example',
    'shop.example',
    'https://',
    'https:shop.example',
    'javascript:1',
  ])('does not take %j for a full address', (successPage) => {
    expect(findProblems({ ...draft, successPage })).toEqual([
      { field: 'successPage', reason: 'address' },
    ])
  })
})

describe('An error of Polar', () => {
  it('is shown at its field, for each variant of the body', () => {
    expect(
      refused([
        { loc: ['body', 'success_url'], msg: 'Not a URL.' },
        { loc: ['body', 'CheckoutLinkCreateProducts', 'products', 0], msg: 'Product is archived.' },
      ]),
    ).toEqual([
      { field: 'products', reason: { said: 'Product is archived.' } },
      { field: 'successPage', reason: { said: 'Not a URL.' } },
    ])
  })

  it('of one field is shown there once, and one without a field above all fields', () => {
    expect(
      refused([
        { loc: ['body', 'products', 0], msg: 'One.' },
        { loc: ['body', 'products', 1], msg: 'Two.' },
        { loc: ['body', 'metadata'], msg: 'Too much.' },
      ]),
    ).toEqual([
      { field: undefined, reason: { said: 'Too much.' } },
      { field: 'products', reason: { said: 'One.' } },
    ])
  })

  it('belongs to no field if it is another failure, or has no text', () => {
    expect(readProblems(new ConnectError('upstream_error'))).toBeUndefined()
    expect(refused('no list')).toBeUndefined()
    expect(refused([])).toBeUndefined()
  })
})

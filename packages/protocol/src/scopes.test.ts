import { describe, expect, it } from 'vitest'
import { describeScope } from './scope-words.ts'
import { DEFAULT_SCOPES, SCOPES } from './scopes.ts'

describe('the scope catalogue', () => {
  it('names each permission once', () => {
    expect(new Set(SCOPES).size).toBe(SCOPES.length)
  })

  it('says of every writing permission that it makes changes, and of no reading one', () => {
    for (const scope of SCOPES.filter((name) => name.includes(':'))) {
      expect(describeScope(scope).changes, scope).toBe(scope.endsWith(':write'))
    }
  })

  it('keeps its first and last positions, which sealed sessions refer to', () => {
    expect(SCOPES[0]).toBe('openid')
    expect(SCOPES[13]).toBe('products:read')
    expect(SCOPES.indexOf('webhooks:write')).toBe(SCOPES.length - 1)
  })

  it('asks by default for nothing that changes data', () => {
    expect(DEFAULT_SCOPES.filter((scope) => describeScope(scope).changes)).toEqual([])
  })

  it('names a permission that it does not know, and counts it as changing', () => {
    expect(describeScope('moons:orbit')).toEqual({
      scope: 'moons:orbit',
      words: 'Use moons:orbit',
      area: 'Other',
      changes: true,
    })
  })
})

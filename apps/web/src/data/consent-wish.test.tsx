// @vitest-environment jsdom
import { waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ACME, createFakeServer } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'
import { consentWish, wishForConsent } from './consent-wish.ts'

describe('the wish to be asked again', () => {
  it('is part of the next connection, and ends with it', async () => {
    wishForConsent()
    expect(consentWish()).toEqual({ prompt: 'consent' })
    openApp('/signed-out', createFakeServer(ACME))
    await waitFor(() => expect(consentWish()).toEqual({}))
  })
})

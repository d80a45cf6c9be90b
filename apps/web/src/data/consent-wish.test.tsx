// @vitest-environment jsdom
import { waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ACME, createFakeServer } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'
import { consentWish, wishForConsent } from './consent-wish.ts'

describe('the wish to be asked again', () => {
  it('goes with the next connection, and ends when it is there', async () => {
    wishForConsent()
    expect(consentWish()).toEqual({ prompt: 'consent' })
    openApp('/signed-out', createFakeServer(ACME))
    await waitFor(() => expect(consentWish()).toEqual({}))
  })
})

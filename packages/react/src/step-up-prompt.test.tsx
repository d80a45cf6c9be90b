import { ConnectError } from '@polar-connect/browser'
import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { StepUpPrompt } from './step-up-prompt.tsx'
import { connected, createScriptedConnect } from './testing/scripted-connect.ts'
import { show } from './testing/show.tsx'

afterEach(cleanup)

const error = new ConnectError('insufficient_scope', {
  scopes: ['checkout_links:write', 'checkout_links:read'],
})

describe('the step-up prompt', () => {
  it('asks for the smallest scope that is enough, beside those granted, for the same account', async () => {
    const connect = createScriptedConnect(connected())
    show(<StepUpPrompt error={error} />, { app: 'Ledger', connect })
    expect(screen.getByRole('heading').textContent).toBe('Allow access to see this')
    expect(screen.getByText('Ledger needs your permission to see checkout links.')).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Allow access' }))
    expect(connect.requests).toEqual([
      {
        subject: 'organization',
        organization: 'org',
        scopes: ['openid', 'products:read', 'checkout_links:read'],
      },
    ])
  })

  it('asks for all missing scopes of a page in one consent', async () => {
    const connect = createScriptedConnect(connected())
    const errors = [['orders:read'], ['metrics:read', 'metrics:write'], ['orders:read']].map(
      (scopes) => new ConnectError('insufficient_scope', { scopes }),
    )
    show(<StepUpPrompt error={errors} app="Ledger" />, { connect })
    expect(
      screen.getByText('Ledger needs your permission to see your orders and metrics.'),
    ).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Allow access' }))
    expect(connect.requests).toMatchObject([
      { scopes: ['openid', 'products:read', 'orders:read', 'metrics:read'] },
    ])
  })

  it('says that nothing changed after a denial, and focuses that text', () => {
    show(<StepUpPrompt error={error} app="Ledger" denied />)
    const news = screen.getByText('Permission not granted. Nothing changed.')
    expect(document.activeElement).toBe(news)
  })

  it('says why Polar did not open, or tells an app that listens', async () => {
    const connect = createScriptedConnect(connected())
    const refusal = new ConnectError('server_unreachable')
    connect.answer(() => Promise.reject(refusal))
    const { unmount } = show(<StepUpPrompt error={error} />, { connect })
    await userEvent.click(screen.getByRole('button'))
    expect((await screen.findByRole('alert')).textContent).toContain("isn't answering")
    unmount()
    const onError = vi.fn<(error: unknown) => void>()
    show(<StepUpPrompt error={error} onError={onError} />, { connect })
    await userEvent.click(screen.getByRole('button'))
    expect(onError).toHaveBeenCalledWith(refusal)
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

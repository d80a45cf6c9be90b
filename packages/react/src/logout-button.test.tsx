import { ConnectError } from '@polar-connect/browser'
import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { LogoutButton } from './logout-button.tsx'
import { connected, createScriptedConnect, disconnected } from './testing/scripted-connect.ts'
import { show } from './testing/show.tsx'

afterEach(cleanup)

describe('the logout button', () => {
  it('ends the session once, shows its progress, and is ready again', async () => {
    const connect = createScriptedConnect(connected())
    const answer = Promise.withResolvers<{ revoked: boolean }>()
    const logout = vi.spyOn(connect, 'logout').mockReturnValue(answer.promise)
    show(<LogoutButton />, { connect })
    const button = screen.getByRole('button', { name: 'Log out' })
    await userEvent.dblClick(button)
    expect(screen.getByRole('button', { name: 'Logging out…' })).toBe(button)
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(logout).toHaveBeenCalledTimes(1)
    answer.resolve({ revoked: true })
    connect.set(disconnected)
    expect(await screen.findByRole('button', { name: 'Log out' })).toBe(button)
  })

  it('says that the session may still exist, until the next press', async () => {
    const connect = createScriptedConnect(connected())
    const logout = vi
      .spyOn(connect, 'logout')
      .mockRejectedValueOnce(new ConnectError('server_unreachable'))
    show(<LogoutButton />, { connect })
    await userEvent.click(screen.getByRole('button'))
    expect((await screen.findByRole('alert')).textContent).toContain("server isn't answering")
    await userEvent.click(screen.getByRole('button', { name: 'Log out' }))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(logout).toHaveBeenCalledTimes(2)
  })

  it('leaves the error to an app that listens', async () => {
    const connect = createScriptedConnect(connected())
    const error = new ConnectError('server_unreachable')
    vi.spyOn(connect, 'logout').mockRejectedValue(error)
    const onError = vi.fn<(error: unknown) => void>()
    show(<LogoutButton onError={onError}>Leave</LogoutButton>, { connect })
    await userEvent.click(screen.getByRole('button', { name: 'Leave' }))
    expect(onError).toHaveBeenCalledWith(error)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('does nothing if the app disables it', async () => {
    const connect = createScriptedConnect(connected())
    const logout = vi.spyOn(connect, 'logout')
    const onClick = vi.fn<() => void>()
    show(<LogoutButton aria-disabled="true" onClick={onClick} />, { connect })
    await userEvent.click(screen.getByRole('button'))
    expect(onClick).not.toHaveBeenCalled()
    expect(logout).not.toHaveBeenCalled()
  })

  it('does nothing if the app prevents the default', async () => {
    const connect = createScriptedConnect(connected())
    const logout = vi.spyOn(connect, 'logout')
    show(<LogoutButton onClick={(event) => event.preventDefault()} />, { connect })
    await userEvent.click(screen.getByRole('button'))
    expect(logout).not.toHaveBeenCalled()
  })
})

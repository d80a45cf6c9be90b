import { ConnectError } from '@polar-connect/browser'
import { act, cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ConnectButton } from './connect-button.tsx'
import { createScriptedConnect, disconnected } from './testing/scripted-connect.ts'
import { show } from './testing/show.tsx'

afterEach(cleanup)

describe('the connect button', () => {
  it('opens Polar once, and shows its progress', async () => {
    const connect = createScriptedConnect(disconnected)
    show(<ConnectButton subject="user" />, { connect })
    const button = screen.getByRole('button', { name: 'Connect with Polar' })
    await userEvent.dblClick(button)
    expect(screen.getByRole('button', { name: 'Opening Polar…' })).toBe(button)
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(connect.requests).toEqual([{ subject: 'user' }])
  })

  it('is ready again when the page comes back', async () => {
    const connect = createScriptedConnect(disconnected)
    show(<ConnectButton />, { connect })
    await userEvent.click(screen.getByRole('button'))
    act(() => void dispatchEvent(new Event('pageshow')))
    expect(screen.getByRole('button', { name: 'Connect with Polar' })).toBeDefined()
  })

  it('says why Polar did not open, until the next press', async () => {
    const connect = createScriptedConnect(disconnected)
    connect.answer(() => Promise.reject(new ConnectError('server_unreachable')))
    show(<ConnectButton />, { connect })
    await userEvent.click(screen.getByRole('button'))
    expect((await screen.findByRole('alert')).textContent).toBe(
      "This app's server isn't answeringWait a moment and try again.",
    )
    const button = screen.getByRole('button', { name: 'Connect with Polar' })
    expect(button.getAttribute('aria-disabled')).toBe('false')
    connect.answer(() => new Promise(() => undefined))
    await userEvent.click(button)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('links to the address where the app works', async () => {
    const connect = createScriptedConnect(disconnected)
    const origin = 'https://ledger.example'
    connect.answer(() => Promise.reject(new ConnectError('wrong_address', { origin })))
    show(<ConnectButton />, { app: 'Ledger', connect })
    await userEvent.click(screen.getByRole('button'))
    expect((await screen.findByRole('alert')).textContent).toContain(`Open Ledger at ${origin}`)
    const link = screen.getByRole('link', { name: `Open ${origin}` })
    expect(link.getAttribute('href')).toBe(origin)
  })

  it('leaves the error to an app that listens', async () => {
    const connect = createScriptedConnect(disconnected)
    const error = new ConnectError('server_unreachable')
    connect.answer(() => Promise.reject(error))
    const onError = vi.fn<(error: unknown) => void>()
    show(<ConnectButton onError={onError}>Go</ConnectButton>, { connect })
    await userEvent.click(screen.getByRole('button', { name: 'Go' }))
    expect(onError).toHaveBeenCalledWith(error)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it.each([true, 'true'] as const)('does nothing if the app disables it with %j', async (value) => {
    const connect = createScriptedConnect(disconnected)
    const onClick = vi.fn<() => void>()
    show(<ConnectButton aria-disabled={value} onClick={onClick} />, { connect })
    const button = screen.getByRole('button')
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(button)
    expect(onClick).not.toHaveBeenCalled()
    expect(connect.requests).toEqual([])
  })

  it.each([false, 'false'] as const)('works with aria-disabled %j', async (value) => {
    const connect = createScriptedConnect(disconnected)
    show(<ConnectButton aria-disabled={value} />, { connect })
    await userEvent.click(screen.getByRole('button'))
    expect(connect.requests).toHaveLength(1)
  })

  it('does nothing if the app prevents the default', async () => {
    const connect = createScriptedConnect(disconnected)
    show(<ConnectButton onClick={(event) => event.preventDefault()} />, { connect })
    await userEvent.click(screen.getByRole('button'))
    expect(connect.requests).toEqual([])
  })

  it('uses the texts of the app', () => {
    show(<ConnectButton />, { messages: { connect: 'Mit Polar verbinden' } })
    expect(screen.getByRole('button', { name: 'Mit Polar verbinden' })).toBeDefined()
  })
})

import { ConnectError } from '@polar-connect/browser'
import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { ConnectButton } from './connect-button.tsx'
import { problemText } from './index.ts'
import { LogoutButton } from './logout-button.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { SessionGate } from './session-gate.tsx'
import { connectionOf, createScriptedConnect, server } from './testing/scripted-connect.ts'
import { show } from './testing/show.tsx'

afterEach(cleanup)

it.each([undefined, null])('a notice shows nothing while the error is %s', (error) => {
  expect(show(<ProblemNotice error={error} />).container.textContent).toBe('')
})

it('a notice has the text, the reference and a retry button', async () => {
  let tries = 0
  const error = new ConnectError('internal', { status: 500, reference: 'k3m9x2ab' })
  show(<ProblemNotice error={error} retry={() => (tries += 1)} />, { app: 'Ledger' })
  expect(screen.getByRole('alert').textContent).toBe(
    'Ledger had a problemWait a moment and try again.Reference: k3m9x2abTry again',
  )
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(tries).toBe(1)
})

it('a notice leaves out a reference that may not be in the log', () => {
  const error = new ConnectError('not_connected', { status: 401, reference: 'k3m9x2ab' })
  show(<ProblemNotice error={error} />)
  expect(screen.getByRole('alert').textContent).not.toContain('k3m9x2ab')
})

it('a notice does not repeat a reference that the text quotes', () => {
  show(<ProblemNotice error={new ConnectError('unknown', { reference: 'k3m9x2ab' })} />)
  expect(screen.getByRole('alert').textContent?.match(/k3m9x2ab/g)).toHaveLength(1)
})

it('a notice covers errors of calls even if the app brings all texts', () => {
  const error = new ConnectError('upstream_error')
  show(<ProblemNotice error={error} />, { messages: { problem: problemText } })
  expect(screen.getByRole('alert').textContent).toContain("Polar isn't responding right now")
})

it("the app's texts are asked only about errors", () => {
  const problem = vi.fn<typeof problemText>((error) => {
    if (!(error instanceof ConnectError)) throw new TypeError('no error')
    return problemText(error)
  })
  const ended = { status: 'ended', connection: connectionOf(), server } as const
  const healthy = (
    <>
      <ConnectButton />
      <LogoutButton />
      <ProblemNotice error={undefined} />
    </>
  )
  show(healthy, { messages: { problem } })
  expect(problem).not.toHaveBeenCalled()
  const connect = createScriptedConnect(ended)
  show(<SessionGate>data</SessionGate>, { connect, messages: { problem } })
  expect(problem.mock.lastCall?.[0]).toMatchObject({ code: 'reauthorization_required' })
})

it('a notice leaves the end of the connection to the gate', () => {
  const error = new ConnectError('reauthorization_required')
  const ended = { status: 'ended', connection: connectionOf(), server } as const
  const { container } = show(<ProblemNotice error={error} />, {
    connect: createScriptedConnect(ended),
  })
  expect(container.textContent).toBe('')
  cleanup()
  show(<ProblemNotice error={error} />)
  expect(screen.getByRole('alert').textContent).toContain('no longer has access')
})

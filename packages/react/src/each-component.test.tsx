import { ConnectError } from '@polar-connect/browser'
import { cleanup, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import axe from 'axe-core'
import { createRef, type ReactElement, type Ref } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import * as kit from './index.ts'
import { connected, createScriptedConnect } from './testing/scripted-connect.ts'

const { CallbackPage, ConnectButton, ConnectFailed, ConnectProvider } = kit
const { LogoutButton, ProblemNotice, StepUpPrompt } = kit

afterEach(cleanup)

const refusal = new ConnectError('insufficient_scope', { scopes: ['orders:read'] })

interface Root {
  readonly ref?: Ref<never>
  readonly className?: string
  readonly id?: string
  readonly 'data-part'?: string
}

/** Each component with `props` and its required props. The key is its name. */
const COMPONENTS: readonly (readonly [string, (props: Root) => ReactElement])[] = [
  ['ConnectButton', (props) => <ConnectButton {...props} />],
  ['LogoutButton', (props) => <LogoutButton {...props} />],
  ['CallbackPage', (props) => <CallbackPage {...props} />],
  [
    'ConnectFailed',
    (props) => <ConnectFailed {...props} error={new ConnectError('state_mismatch')} />,
  ],
  ['ProblemNotice', (props) => <ProblemNotice {...props} error={new ConnectError('internal')} />],
  [
    'StepUpPrompt',
    (props) => <StepUpPrompt {...props} error={refusal} app="Ledger" help="/help" />,
  ],
]

function show(component: ReactElement, connect = createScriptedConnect(connected())) {
  return render(
    <ConnectProvider connect={connect} navigate={() => undefined}>
      {component}
    </ConnectProvider>,
  )
}

describe('the kit', () => {
  it('has these exports and no others', () => {
    expect(Object.keys(kit).toSorted()).toEqual([
      'CallbackPage',
      'ConnectButton',
      'ConnectFailed',
      'ConnectProvider',
      'ConnectionProvider',
      'LogoutButton',
      'PolarQueryProvider',
      'ProblemNotice',
      'SessionGate',
      'StepUpPrompt',
      'problemText',
      'useConnect',
      'useConnectState',
      'useConnection',
      'useOpening',
      'usePolar',
      'useScope',
    ])
  })
})

/** These do not open Polar. */
const PASSIVE = new Set(['CallbackPage', 'LogoutButton', 'ProblemNotice'])

describe.each(COMPONENTS.filter(([name]) => !PASSIVE.has(name)))('%s', (_, make) => {
  it.each(['{Enter}', ' '])('is reachable by Tab and works once with "%s"', async (key) => {
    const connect = createScriptedConnect(connected())
    show(make({}), connect)
    await userEvent.tab()
    await userEvent.keyboard(key + key)
    expect(connect.requests).toHaveLength(1)
  })
})

describe.each(COMPONENTS)('%s', (_, make) => {
  it('passes the class, the ref and all other props to its root', () => {
    const ref = createRef<never>()
    const { container } = show(make({ ref, className: 'mine', id: 'root', 'data-part': 'kit' }))
    const root = container.firstElementChild
    expect(ref.current).toBe(root)
    expect(root?.className).toMatch(/^polar-\w+ mine$/)
    expect(root).toMatchObject({ id: 'root', dataset: { part: 'kit' } })
  })

  it('puts each text into its own element, so that browser translation works', () => {
    const { container } = show(make({}))
    const texts = document.createTreeWalker(container, NodeFilter.SHOW_TEXT)
    expect(texts.nextNode()).not.toBeNull()
    do {
      const { parentNode: parent } = texts.currentNode
      expect(parent?.childNodes.length, parent?.textContent ?? '').toBe(1)
    } while (texts.nextNode())
  })

  it('passes axe', async () => {
    const { container } = show(make({}))
    // The app decides colors and landmarks.
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } }
    const { violations, passes } = await axe.run(container, { rules })
    expect(violations).toEqual([])
    expect(passes.length).toBeGreaterThan(0)
  })
})

/** Renders below a provider, twice, as StrictMode does. */
import { render, type RenderResult } from '@testing-library/react'
import { StrictMode, type ReactNode } from 'react'
import { ConnectProvider, type ConnectProviderProps } from '../provider.tsx'
import { connected, createScriptedConnect } from './scripted-connect.ts'

export function show(children: ReactNode, props: Partial<ConnectProviderProps> = {}): RenderResult {
  return render(
    <StrictMode>
      <ConnectProvider
        connect={createScriptedConnect(connected())}
        navigate={() => undefined}
        {...props}
      >
        {children}
      </ConnectProvider>
    </StrictMode>,
  )
}

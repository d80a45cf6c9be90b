/** The page of an app that exists: with React, and without. */
import { createConnect, type ConnectState } from '@polar-connect/browser'
import { createBrowserPolar } from '@polar-connect/browser/polar'
import { CallbackPage, LogoutButton, SessionGate, usePolar } from '@polar-connect/react'
import { RouterConnectProvider } from '@polar-connect/react/react-router'
import { useQuery } from '@tanstack/react-query'
import { BrowserRouter, Route, Routes } from 'react-router'

const connect = createConnect()

export const state: ConnectState = connect.getState()

export async function productNames(): Promise<string[]> {
  const { items } = await createBrowserPolar(connect).products.list()
  return items.map(({ name }) => name)
}

function Products() {
  const polar = usePolar()
  const { data } = useQuery({ queryKey: ['products'], queryFn: () => polar.products.list() })
  return (
    <>
      <p>{data?.items.map(({ name }) => name).join(', ')}</p>
      <LogoutButton />
    </>
  )
}

export function App() {
  return (
    <BrowserRouter>
      <RouterConnectProvider>
        <Routes>
          <Route path="/auth/callback" element={<CallbackPage home="/" />} />
          <Route
            path="*"
            element={
              <SessionGate>
                <Products />
              </SessionGate>
            }
          />
        </Routes>
      </RouterConnectProvider>
    </BrowserRouter>
  )
}

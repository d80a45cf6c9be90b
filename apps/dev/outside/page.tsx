/** The page of an app that exists: with React, and without. */
import { createConnect, type ConnectState } from '@polar-connect/browser'
import { createBrowserPolar } from '@polar-connect/browser/polar'
import {
  CallbackPage,
  ConnectButton,
  SessionGate,
  useConnection,
  usePolar,
} from '@polar-connect/react'
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
  const { connection } = useConnection()
  const { data } = useQuery({
    queryKey: [connection?.id, 'products'],
    queryFn: () => polar.products.list(),
  })
  return (
    <ul>
      {data?.items.map((product) => (
        <li key={product.id}>{product.name}</li>
      ))}
    </ul>
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
              <SessionGate fallback={<ConnectButton />}>
                <Products />
              </SessionGate>
            }
          />
        </Routes>
      </RouterConnectProvider>
    </BrowserRouter>
  )
}

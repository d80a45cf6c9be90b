import { ConnectError, createConnect } from '@polar-connect/browser'
import {
  CallbackPage,
  ConnectButton,
  problemText,
  SessionGate,
  useConnection,
  usePolar,
} from '@polar-connect/react'
import { RouterConnectProvider } from '@polar-connect/react/react-router'
import '@polar-connect/react/styles.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Route, Routes } from 'react-router'

const connect = createConnect()

function Products() {
  const polar = usePolar()
  const { connection, logout } = useConnection()
  const key = connection?.id
  const products = useQuery({ queryKey: [key, 'products'], queryFn: () => polar.products.list() })
  // Your own route, which asks Polar on the server.
  const latest = async () => (await connect.fetch('/api/latest-order')).json()
  const order = useQuery<string>({ queryKey: [key, 'latest-order'], queryFn: latest })
  const leaving = useMutation({ mutationFn: logout })
  return (
    <>
      <h1>Products of {connection?.subject.name}</h1>
      <ul>
        {products.data?.items.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      <Failure error={products.error} retry={products.refetch} />
      <p>Latest order: {order.data}</p>
      <Failure error={order.error} retry={order.refetch} />
      <button onClick={() => order.refetch()}>Reload</button>
      <button onClick={() => leaving.mutate()}>Log out</button>
      <Failure error={leaving.error} retry={leaving.mutate} />
    </>
  )
}

function Failure({ error, retry }: { error: Error | null; retry: () => unknown }) {
  // Once Polar ended the connection, the gate says so and offers to reconnect.
  const { status } = useConnection()
  if (error === null || status === 'ended') return null
  const { title, text } = problemText(error, { app: 'My app' })
  const reference = error instanceof ConnectError && error.details.reference
  return (
    <p role="alert">
      <strong>{title}</strong> {text} {reference && `Reference: ${reference}`}{' '}
      <button onClick={() => retry()}>Try again</button>
    </p>
  )
}

createRoot(document.getElementById('root')!).render(
  <BrowserRouter>
    <RouterConnectProvider app="My app" connect={connect}>
      <Routes>
        <Route path="/auth/callback" element={<CallbackPage />} />
        <Route
          path="*"
          element={<SessionGate fallback={<ConnectButton />} children={<Products />} />}
        />
      </Routes>
    </RouterConnectProvider>
  </BrowserRouter>,
)

import { createConnect } from '@polar-connect/browser'
import {
  CallbackPage,
  ConnectButton,
  ConnectProvider,
  ProblemNotice,
  SessionGate,
  useConnection,
  usePolar,
} from '@polar-connect/react'
import '@polar-connect/react/styles.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'

const connect = createConnect()

/** Your own route, which asks Polar on the server. */
async function latestOrder(): Promise<{ name?: string }> {
  return (await connect.fetch('/api/latest-order')).json()
}

function Shop() {
  const polar = usePolar()
  const { connection, logout } = useConnection()
  const shop = useQuery({
    queryKey: [connection?.id, 'shop'],
    // Polar's API by its official SDK, and your own route.
    queryFn: () => Promise.all([polar.products.list(), latestOrder()]),
  })
  const [products, order] = shop.data ?? []
  const leaving = useMutation({ mutationFn: logout })
  return (
    <>
      <h1>Products of {connection?.subject.name}</h1>
      <ul>
        {products?.items.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      <p>Latest order: {order?.name}</p>
      <ProblemNotice error={shop.error} retry={shop.refetch} />
      <button onClick={() => shop.refetch()}>Reload</button>
      <button onClick={() => leaving.mutate()}>Log out</button>
      <ProblemNotice error={leaving.error} retry={leaving.mutate} />
    </>
  )
}

createRoot(document.getElementById('root')!).render(
  <ConnectProvider app="My app" connect={connect}>
    {location.pathname === '/auth/callback' ? (
      <CallbackPage />
    ) : (
      <SessionGate fallback={<ConnectButton />}>
        <Shop />
      </SessionGate>
    )}
  </ConnectProvider>,
)

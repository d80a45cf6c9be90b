import {
  CallbackPage,
  ConnectProvider,
  LogoutButton,
  ProblemNotice,
  SessionGate,
  useConnection,
  usePolar,
} from '@polar-connect/react'
import '@polar-connect/react/styles.css'
import { useQuery } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'

function Shop() {
  const polar = usePolar()
  const { connection, fetch } = useConnection()
  // Your own route, which asks Polar on the server.
  const latestOrder = async () => (await fetch('/api/latest-order')).json()
  const load = () => Promise.all([polar.products.list(), latestOrder()])
  const shop = useQuery({ queryKey: ['shop'], queryFn: load })
  const [products, order] = shop.data ?? []
  return (
    <>
      <h1>Products of {connection?.subject.name}</h1>
      <p>{products?.items.map(({ name }) => name).join(', ')}</p>
      <p>Latest order: {order?.name}</p>
      <ProblemNotice error={shop.error} retry={shop.refetch} />
      <button onClick={() => shop.refetch()}>Reload</button>
      <LogoutButton />
    </>
  )
}

const gate = <SessionGate children={<Shop />} />
createRoot(document.getElementById('root')!).render(
  <ConnectProvider app="My app">
    {location.pathname === '/auth/callback' ? <CallbackPage /> : gate}
  </ConnectProvider>,
)

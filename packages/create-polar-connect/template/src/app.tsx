import type { Connect } from '@polar-connect/browser'
import {
  CallbackPage,
  ConnectButton,
  SessionGate,
  useConnection,
  usePolar,
} from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'

interface AppProps {
  readonly connect: Connect
}

export function App({ connect }: AppProps) {
  if (location.pathname === '/auth/callback') return <CallbackPage home="/" />
  return (
    <SessionGate fallback={<ConnectButton />}>
      <Products />
      <LatestOrder connect={connect} />
    </SessionGate>
  )
}

/** Polar's API by the official SDK, over the BFF. */
function Products() {
  const polar = usePolar()
  const { connection, logout } = useConnection()
  const { data, error } = useQuery({
    queryKey: [connection?.id, 'products'],
    queryFn: () => polar.products.list(),
  })
  return (
    <>
      <h1>Products of {connection?.subject.name}</h1>
      {error && <p role="alert">{error.message}</p>}
      <ul>
        {data?.items.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      <button type="button" onClick={() => void logout()}>
        Log out
      </button>
    </>
  )
}

/** The app's own route, which asks Polar on the server. */
function LatestOrder({ connect }: AppProps) {
  const { connection } = useConnection()
  const { data } = useQuery({
    queryKey: [connection?.id, 'latest-order'],
    queryFn: async () => (await connect.fetch('/api/latest-order')).json(),
  })
  return data?.name && <p>Latest order: {data.name}</p>
}

'use client'
import {
  ConnectButton,
  ProblemNotice,
  SessionGate,
  useConnection,
  usePolar,
} from '@polar-connect/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { connect } from './connect'

// Your own route, which asks Polar on the server.
const latestOrder = async () => (await connect.fetch('/api/latest-order')).json()

function Shop() {
  const polar = usePolar()
  const { connection, logout } = useConnection()
  const load = () => Promise.all([polar.products.list(), latestOrder()])
  const shop = useQuery({ queryKey: [connection?.id, 'shop'], queryFn: load })
  const [products, order] = shop.data ?? []
  const leaving = useMutation({ mutationFn: logout })
  return (
    <>
      <h1>Products of {connection?.subject.name}</h1>
      {products?.items.map((product) => (
        <p key={product.id}>{product.name}</p>
      ))}
      <p>Latest order: {order?.name}</p>
      <ProblemNotice error={shop.error} retry={shop.refetch} />
      <button onClick={() => shop.refetch()}>Reload</button>
      <button onClick={() => leaving.mutate()}>Log out</button>
      <ProblemNotice error={leaving.error} retry={leaving.mutate} />
    </>
  )
}

export default function Page() {
  return <SessionGate fallback={<ConnectButton />} children={<Shop />} />
}

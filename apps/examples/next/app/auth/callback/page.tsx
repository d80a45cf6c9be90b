import { CallbackPage } from '@polar-connect/react'

export default function Callback() {
  return <CallbackPage />
}

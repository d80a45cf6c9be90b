import '@polar-connect/react/styles.css'
import type { ReactNode } from 'react'
import { Connect } from './connect'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Connect>{children}</Connect>
      </body>
    </html>
  )
}

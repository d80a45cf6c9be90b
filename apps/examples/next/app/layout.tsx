import { ConnectProvider } from '@polar-connect/react'
import '@polar-connect/react/styles.css'

export default function Layout({ children }: LayoutProps<'/'>) {
  return (
    <html lang="en">
      <body>
        <ConnectProvider app="My app">{children}</ConnectProvider>
      </body>
    </html>
  )
}

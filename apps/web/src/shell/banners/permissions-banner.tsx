/** The app has a new feature that needs a permission. */
import { describeScope } from '@polar-connect/protocol'
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Link } from '../../parts/link.tsx'
import { Status } from './banner.tsx'

interface PermissionsBannerProps {
  readonly scopes: readonly string[]
  readonly dismiss: () => void
}

export function PermissionsBanner({ scopes, dismiss }: PermissionsBannerProps): ReactNode {
  const { app, banners } = useMessages()
  return (
    <Status
      text={banners.permissions(
        app,
        scopes.map((scope) => describeScope(scope).words),
      )}
    >
      <Link className="pc-button" to="/dashboard/connection#add">
        {banners.review}
      </Link>
      <button type="button" className="pc-button" onClick={dismiss}>
        {banners.notNow}
      </button>
    </Status>
  )
}

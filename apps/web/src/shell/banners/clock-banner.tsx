/** The clock of this computer is wrong, and so are the times on the page. */
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Status } from './banner.tsx'

interface ClockBannerProps {
  readonly minutes: number
  readonly dismiss: () => void
}

export function ClockBanner({ minutes, dismiss }: ClockBannerProps): ReactNode {
  const { banners } = useMessages()
  return (
    <Status text={banners.clock(minutes)}>
      <button type="button" className="pc-button" onClick={dismiss}>
        {banners.dismiss}
      </button>
    </Status>
  )
}

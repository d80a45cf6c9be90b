/** A computer whose clock is wrong: the times that it shows here are not. */
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

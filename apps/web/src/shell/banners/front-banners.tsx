/** The banners of the front pages, which load after them: what happened elsewhere, and what failed. */
import type { ReactNode } from 'react'
import { banners } from '../../messages/banners.ts'
import { Banners } from './banners.tsx'

export function FrontBanners(): ReactNode {
  return <Banners words={banners} />
}

/** The banners of the front pages. They load after the page. */
import type { ReactNode } from 'react'
import { banners } from '../../messages/banners.ts'
import { Banners } from './banners.tsx'

export function FrontBanners(): ReactNode {
  return <Banners words={banners} />
}

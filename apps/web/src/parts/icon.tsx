/** The few drawings of the app. They are beside words and say nothing by themselves. */
import type { ReactNode } from 'react'

const PATHS = {
  link: 'M9.5 14.5l5-5M10.8 7.6l1.5-1.5a4 4 0 015.6 5.6l-1.5 1.5M13.2 16.4l-1.5 1.5a4 4 0 01-5.6-5.6l1.5-1.5',
  overview: 'M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z',
  products: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  orders: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9.5 8h5M9.5 12h5',
  customers:
    'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20a6.5 6.5 0 0113 0M16 4.3a3.5 3.5 0 010 6.4M18 14a6.5 6.5 0 013.5 6',
  subscriptions: 'M4 11a8 8 0 0114-4.5L20 8M20 4v4h-4M20 13a8 8 0 01-14 4.5L4 16M4 20v-4h4',
  metrics: 'M4 4v16h16M8 15l3.5-4 3 2.5L20 7',
  checkoutLinks:
    'M4 5h2l2 11h10l2-8H7M10 20.5a1 1 0 100-2 1 1 0 000 2zM16.5 20.5a1 1 0 100-2 1 1 0 000 2z',
  discounts: 'M4 12l8-8h8v8l-8 8zM16 8h.01',
  connection: 'M9 7V3M15 7V3M6 7h12v4a6 6 0 01-12 0zM12 17v4',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  empty: 'M3 13l3-8h12l3 8v6H3zM3 13h5l1.5 3h5l1.5-3h5',
  search: 'M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5L20 20',
  calendar: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4',
  first: 'M11 6l-6 6 6 6M19 6l-6 6 6 6',
  last: 'M13 6l6 6-6 6M5 6l6 6-6 6',
  more: 'M12 5v.5M12 12v.5M12 19v.5',
  back: 'M14 6l-6 6 6 6',
  next: 'M10 6l6 6-6 6',
  sortable: 'M8 10l4-4 4 4M8 14l4 4 4-4',
  ascending: 'M7 14l5-5 5 5',
  descending: 'M7 10l5 5 5-5',
  theme: 'M12 4a8 8 0 000 16zM12 4a8 8 0 010 16',
} as const

export type IconName = keyof typeof PATHS

interface IconProps {
  readonly name: IconName
  readonly size?: number
}

export function Icon({ name, size = 20 }: IconProps): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

/** The few drawings of the app. They stand beside words and say nothing by themselves. */
import type { ReactNode } from 'react'

const PATHS = {
  link: 'M9.5 14.5l5-5M10.8 7.6l1.5-1.5a4 4 0 015.6 5.6l-1.5 1.5M13.2 16.4l-1.5 1.5a4 4 0 01-5.6-5.6l1.5-1.5',
  overview: 'M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z',
  products: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  connection: 'M9 7V3M15 7V3M6 7h12v4a6 6 0 01-12 0zM12 17v4',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.5',
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

import { describe, expect, it } from 'vitest'
import css from './tokens.css?raw'

type Theme = 'light' | 'dark'

const TOKENS = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light, dark }],
  ),
)

/** Relative luminance and contrast ratio: WCAG 2.2, "Definitions". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(foreground: string, background: string, theme: Theme): number {
  const [one, other] = [foreground, background].map((name) => {
    const hex = TOKENS.get(name)?.[theme]
    if (hex === undefined) throw new Error(`No token --${name}`)
    return luminance(hex)
  }) as [number, number]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** Foreground, background, least ratio, and the ratios that the design names. */
const PAIRS = [
  ['text', 'bg', 4.5, 18.26, 16.7],
  ['text', 'surface', 4.5, 17.19, 15.41],
  ['text', 'surface-2', 4.5, 16.01, 13.6],
  ['muted', 'bg', 4.5, 6.52, 8.37],
  ['muted', 'surface', 4.5, 6.13, 7.72],
  ['muted', 'surface-2', 4.5, 5.71, 6.81],
  ['border', 'bg', 1, 1.4, 1.55],
  ['border-strong', 'bg', 3, 3.76, 4.42],
  ['border-strong', 'surface', 3, 3.54, 4.08],
  ['border-strong', 'surface-2', 3, 3.29, 3.6],
  ['accent', 'bg', 4.5, 6.73, 8.58],
  ['accent', 'surface', 4.5, 6.34, 7.91],
  ['accent', 'surface-2', 4.5, 5.9, 6.98],
  ['accent-hover', 'bg', 4.5, 9.13, 11.1],
  ['on-accent', 'accent', 4.5, 6.73, 8.6],
  ['on-accent', 'accent-hover', 4.5, 9.13, 11.13],
  ['focus', 'bg', 3, 6.73, 10.5],
  ['focus', 'surface-2', 3, 5.9, 8.55],
  ['success', 'success-bg', 4.5, 5.83, 8.43],
  ['success', 'bg', 4.5, 6.61, 10.29],
  ['warning', 'warning-bg', 4.5, 6.73, 8.9],
  ['warning', 'bg', 4.5, 7.41, 10.65],
  ['danger', 'danger-bg', 4.5, 5.85, 7.58],
  ['danger', 'bg', 4.5, 6.69, 8.6],
  ['on-accent', 'danger', 4.5, 6.69, 8.62],
  ['on-accent', 'danger-hover', 4.5, 9.16, 10.88],
  ['info', 'info-bg', 4.5, 6.87, 8.25],
  ['info', 'bg', 4.5, 7.84, 9.93],
  ['accent', 'info-bg', 4.5, 5.9, 7.13],
  ['chart-1', 'bg', 3, 6.73, 8.58],
  ['chart-2', 'bg', 3, 5.47, 10.1],
  ['chart-3', 'bg', 3, 6.77, 9.43],
  ['chart-4', 'bg', 3, 7.24, 8.81],
] as const

describe('The colours', () => {
  it.each(PAIRS)('keep %s on %s readable', (foreground, background, least, light, dark) => {
    for (const [theme, named] of [
      ['light', light],
      ['dark', dark],
    ] as const) {
      const ratio = contrast(foreground, background, theme)
      expect(ratio).toBeGreaterThanOrEqual(least)
      expect(ratio).toBeCloseTo(named, 1)
    }
  })
})

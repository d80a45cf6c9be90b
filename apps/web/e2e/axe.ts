/** What axe finds on a page as it stands. */
import type { Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'

/** What a theme can break: it is another set of colours over the same elements. */
export const COLOUR_RULES: readonly string[] = ['color-contrast', 'link-in-text-block']

/** What axe objects to, by rule and place: by all of its rules but `without`, or by `rules` alone. */
export async function faultsOf(
  page: Page,
  { rules, without = [] }: { rules?: readonly string[]; without?: readonly string[] } = {},
) {
  const options: RunOptions = {
    resultTypes: ['violations'],
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
  }
  // Once a document: it is half a megabyte.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (chosen) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(chosen)
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))
  }, options)
}

/** The same in each theme, with every rule in the light one. A theme that fades in would be seen half-way. */
export async function faultsInThemes(page: Page) {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const light = await faultsOf(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = await faultsOf(page, { rules: COLOUR_RULES })
  return [...light, ...dark]
}

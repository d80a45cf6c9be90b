/** What axe finds on a page as it stands. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What a theme can break: it is another set of colours over the same elements. */
export const COLOUR_RULES: readonly string[] = ['color-contrast', 'link-in-text-block']

/** What axe objects to, by rule and place: by all of its rules but `without`, or by `rules` alone. */
export async function faultsOf(
  page: Page,
  { rules, without = [] }: { rules?: readonly string[]; without?: readonly string[] } = {},
) {
  // In one go: there are no frames, and to carry a large page to another costs a minute.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (rules === undefined) axe.disableRules([...without])
  else axe.withRules([...rules])
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))
}

/** The same in each theme, with every rule in the light one. A theme that fades in would be seen half-way. */
export async function faultsInThemes(page: Page) {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const light = await faultsOf(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = await faultsOf(page, { rules: COLOUR_RULES })
  return [...light, ...dark]
}

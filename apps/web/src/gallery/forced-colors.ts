/**
 * Forced colors, as far as a page can show them: the tokens become system colors, and the styles for
 * the mode apply. The developer tools of a browser have the real mode.
 */
const MODE = '(forced-colors: active)'

/** @returns a function that ends it. */
export function forceColors(): () => void {
  const waiting = [...document.styleSheets].flatMap(({ cssRules }) => waitingIn(cssRules))
  for (const { media } of waiting) media.mediaText = 'all'
  const { dataset } = document.documentElement
  dataset['forcedColors'] = 'active'
  return () => {
    for (const { media } of waiting) media.mediaText = MODE
    delete dataset['forcedColors']
  }
}

function waitingIn(rules: CSSRuleList): CSSMediaRule[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSMediaRule && rule.conditionText === MODE) return [rule]
    return 'cssRules' in rule ? waitingIn(rule.cssRules as CSSRuleList) : []
  })
}

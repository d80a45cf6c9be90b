// Runs before the first paint: the theme never flashes, and the session is on its way while the app loads.
;(() => {
  let theme = null
  try {
    theme = localStorage.getItem('polar-connect:theme')
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  document.documentElement.dataset.theme = theme === 'light' || theme === 'dark' ? theme : 'system'
  addEventListener('DOMContentLoaded', () => {
    document.getElementById('old-browser').hidden = hasAllFeatures()
  })
  // The session call starts here: a preload cannot carry this header. The app takes the answer.
  globalThis.earlySession = fetch('/bff/session', {
    headers: { 'X-CSRF': '1' },
    signal: AbortSignal.timeout(25_000),
  })
  // The app hears of a failure too; here it is not an unhandled one.
  globalThis.earlySession.catch(() => {})

  /** The newest features that the app uses. The README has the browsers that follow from them. */
  function hasAllFeatures() {
    try {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('a { b { color: red } }')
      const hasNesting = sheet.cssRules[0].cssRules.length === 1
      return hasNesting && 'popover' in HTMLElement.prototype && 'Segmenter' in Intl
    } catch {
      return false
    }
  }
})()

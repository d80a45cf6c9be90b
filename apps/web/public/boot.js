// Runs before the first paint: the theme never flashes, and the session is on its way while the app loads.
;(() => {
  let theme = null
  try {
    theme = localStorage.getItem('polar-connect:theme')
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  document.documentElement.dataset.theme = theme === 'light' || theme === 'dark' ? theme : 'system'
  // The session call starts here: a preload cannot carry this header. The app takes the answer.
  globalThis.earlySession = fetch('/bff/session', {
    headers: { 'X-CSRF': '1' },
    signal: AbortSignal.timeout(25_000),
  })
  // The app hears of a failure too; here it is not an unhandled one.
  globalThis.earlySession.catch(() => {})
})()

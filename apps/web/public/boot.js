// Runs before the first paint: the theme never flashes, and the session is on its way while the app loads.
;(() => {
  let theme = null
  try {
    theme = localStorage.getItem('polar-connect:theme')
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  document.documentElement.dataset.theme = theme === 'light' || theme === 'dark' ? theme : 'system'
  // A preload cannot carry this header, so the call starts here. Whoever awaits it sees the failure.
  globalThis.__polarConnectSession = fetch('/bff/session', { headers: { 'X-CSRF': '1' } })
  globalThis.__polarConnectSession.catch(() => {})
})()

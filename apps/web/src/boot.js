// Runs before the first paint: the theme never flashes, and the page has its frame while the app loads.
;(() => {
  const theme = read('localStorage', 'polar-connect:theme')
  document.documentElement.dataset.theme = theme === 'light' || theme === 'dark' ? theme : 'system'
  // The first change: the document is there, and no module has run yet.
  document.addEventListener('readystatechange', showFrame, { once: true })
  addEventListener('DOMContentLoaded', () => {
    document.getElementById('old-browser').hidden = hasAllFeatures()
  })

  function read(area, key) {
    try {
      return globalThis[area].getItem(key)
    } catch {
      // Storage is blocked: nothing is remembered.
      return null
    }
  }

  /** Shows what the build drew of this page. It cannot be used until the app takes its place. */
  function showFrame() {
    const path = location.pathname.replace(/(.)\/$/, '$1')
    const frame = document.getElementById(`frame-${decideFrame(path)}`)
    if (frame === null) return
    for (const element of frame.content.querySelectorAll('[data-at]')) {
      if (element.dataset.at !== path) element.remove()
    }
    for (const link of frame.content.querySelectorAll('nav a')) {
      const to = link.getAttribute('href')
      const current = path === to || (to !== '/dashboard' && path.startsWith(`${to}/`))
      link.ariaCurrent = current ? 'page' : null
    }
    document.getElementById('root').append(frame.content)
  }

  /** The same page as the app shows first, or none: a browser that was connected may see another one. */
  function decideFrame(path) {
    const connected = read('localStorage', 'polar-connect:signed-in') !== null
    if (path === '/auth/callback') return 'callback'
    if (path === '/dashboard' || path.startsWith('/dashboard/')) return connected && 'dashboard'
    return path === '/' && !connected && !read('sessionStorage', 'polar-connect:left') && 'front'
  }

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

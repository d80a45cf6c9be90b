/** A page that the browser is leaving. */

/** By then the page is gone, unless the person stayed after all. */
const GRACE_MS = 5000

/**
 * The result of `work`, held back if the browser leaves the page meanwhile. WebKit first fails the
 * page's requests: a page that reacts to that would change its own history entry on the way out.
 */
export async function unlessLeaving<Result>(work: Promise<Result>): Promise<Result> {
  let leaving = false
  const leave = () => void (leaving = true)
  const events = ['beforeunload', 'pagehide'] as const
  for (const event of events) addEventListener(event, leave)
  try {
    const result = await work
    if (leaving) await stays()
    return result
  } finally {
    for (const event of events) removeEventListener(event, leave)
  }
}

/** Resolves if the page is still there, or there again from the back/forward cache. */
function stays(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, GRACE_MS)
    addEventListener('pageshow', () => resolve(), { once: true })
  })
}

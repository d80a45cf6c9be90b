/**
 * Begins what the page waits for, the exchange of a sign-in or the session, and then loads the app. It
 * is small and runs as soon as it is there.
 */
import { createConnect } from '@polar-connect/browser'
import { CALLBACK_PATH, pathOf } from '@polar-connect/protocol'
import { browserNetwork } from './data/network.ts'

const MOST_MS = 300

const returns = location.pathname === CALLBACK_PATH
const first = pathOf(returns ? 'callback' : 'session')
/** The document, and in it the frame of the page, which the app takes the place of. */
const isReady = new Promise((resolve) => {
  if (document.readyState !== 'loading') resolve(undefined)
  document.addEventListener('readystatechange', resolve, { once: true })
})
let begun = false

/** Runs the app, the first time. */
async function runApp(): Promise<void> {
  if (begun) return
  begun = true
  await isReady
  const { draw } = await import('./main.tsx')
  await draw({ network, connect })
}

const network = browserNetwork()
const connect = createConnect({
  fetch(input, init) {
    const answer = network.fetch(input, init)
    if (input === first) void runApp()
    return answer
  },
})

if (returns) void connect.completeCallback()
void connect.check()

// To read the app's code takes longer than to ask. But an exchange may have to wait for another tab.
setTimeout(() => void runApp(), MOST_MS)

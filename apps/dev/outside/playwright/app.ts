/** The app that the README's test opens: a button, a callback, and a page for people who connected. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import * as oidc from 'openid-client'

const { APP = '', POLAR = '' } = process.env
const secret = oidc.ClientSecretPost(DEFAULT_CLIENT_SECRET)
const options = { execute: [oidc.allowInsecureRequests] }
const config = await oidc.discovery(new URL(POLAR), DEFAULT_CLIENT_ID, {}, secret, options)
const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
const polar = oidc.buildAuthorizationUrl(config, {
  redirect_uri: `${APP}/callback`,
  scope: 'products:read',
  sub_type: 'organization',
  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
})

/** Polar answers before it commits: for a moment it may not know the code. */
async function exchange(back: URL, triesLeft = 20): Promise<void> {
  try {
    await oidc.authorizationCodeGrant(config, back, { pkceCodeVerifier })
  } catch (error) {
    if (triesLeft === 0) throw error
    await exchange(back, triesLeft - 1)
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', APP)
  if (url.pathname === '/callback') {
    await exchange(url)
    response.writeHead(302, { Location: '/dashboard' }).end()
  } else if (url.pathname === '/dashboard') response.end('Connected')
  else {
    const html = `<a role="button" href="${polar.href.replaceAll('&', '&amp;')}">Connect with Polar</a>`
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(html)
  }
}

const server = createServer((request, response) => void answer(request, response))
server.listen(Number(new URL(APP).port), 'localhost')

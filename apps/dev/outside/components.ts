/** The components on a server, with the React and the React Router that are installed here. */
import assert from 'node:assert/strict'
import { CallbackPage, ConnectButton } from '@polar-connect/react'
import { RouterConnectProvider } from '@polar-connect/react/react-router'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { MemoryRouter } from 'react-router'

const components = [createElement(CallbackPage), createElement(ConnectButton)]
const page = createElement(
  MemoryRouter,
  null,
  createElement(RouterConnectProvider, null, ...components),
)
assert.match(renderToString(page), /Connecting to Polar.*Connect with Polar/s)
console.log('the components render')

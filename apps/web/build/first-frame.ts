/**
 * Puts into `index.html` what the page shows until its scripts are there, one template for each kind of
 * page. `boot.js` takes the one that fits. Each brings the scripts that its page needs, so that they
 * load beside the first one and not after it.
 */
import { fileURLToPath } from 'node:url'
import { runnerImport, type InlineConfig, type Plugin } from 'vite'
import type * as FirstFrame from '../src/first-frame.tsx'
import { scriptsOf } from './scripts-of.ts'

const SOURCE = fileURLToPath(new URL('../src/first-frame.tsx', import.meta.url))

/** By the template: the modules whose scripts it brings, each maybe for one address alone. */
const SCRIPTS: Readonly<Record<string, readonly (readonly [string, string?])[]>> = {
  callback: [['src/dashboard.tsx'], ['src/pages/overview-page.tsx']],
  dashboard: [['src/dashboard.tsx'], ['src/pages/overview-page.tsx', '/dashboard']],
}

export function firstFrame(): Plugin {
  let config: InlineConfig
  return {
    name: 'first-frame',
    apply: 'build',
    configResolved({ root, mode, envDir }) {
      config = { configFile: false, root, mode, envDir }
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const { module } = await runnerImport<typeof FirstFrame>(SOURCE, config)
        const templates = [...module.FRAMES].map(([name, frame]) => {
          const links = new Map<string, string>()
          for (const [path, address] of SCRIPTS[name] ?? []) {
            for (const file of scriptsOf(bundle, path)) {
              if (!links.has(file) && !html.includes(file)) links.set(file, linkTo(file, address))
            }
          }
          const content = [...links.values(), `<div inert>${frame}</div>`].join('')
          return `<template id="frame-${name}">${content}</template>`
        })
        const root = '<div id="root"></div>'
        return html.replace(root, () => [root, ...templates].join('\n    '))
      },
    },
  }
}

function linkTo(file: string, address: string | undefined): string {
  const at = address === undefined ? '' : ` data-at="${address}"`
  return `<link rel="modulepreload" href="${file}"${at} />`
}

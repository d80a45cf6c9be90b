/**
 * How the first scripts load. `boot.js` is a plain script, which Vite leaves alone: here it gets a
 * digest in its name, so that browsers keep it. `start.ts` runs as soon as it is there, and the app
 * loads beside it.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { minify, type Plugin } from 'vite'
import { scriptsOf } from './scripts-of.ts'

const BOOT = fileURLToPath(new URL('../src/boot.js', import.meta.url))
const START = '<script type="module" crossorigin'

export function earlyScripts(): Plugin {
  return {
    name: 'early-scripts',
    apply: 'build',
    async buildStart() {
      const { code } = await minify('boot.js', await readFile(BOOT, 'utf8'))
      this.emitFile({ type: 'asset', name: 'boot.js', source: code })
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const boot = Object.values(bundle).find(({ name }) => name === 'boot.js')
        const preloads = scriptsOf(bundle, 'src/main.tsx')
          .filter((file) => !html.includes(file))
          .map((file) => `<link rel="modulepreload" crossorigin href="${file}">\n    `)
        const start = `${preloads.join('')}${START} async fetchpriority="high"`
        return replace(replace(html, '/src/boot.js', `/${boot?.fileName}`), START, start)
      },
    },
  }
}

/** @throws {Error} if there is nothing to replace. */
function replace(html: string, old: string, next: string): string {
  if (!html.includes(old)) throw new Error(`the page has no ${old}`)
  return html.replace(old, () => next)
}

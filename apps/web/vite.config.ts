/** How the app is served while it is written and built for the server that ships it. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { earlyScripts } from './build/early-scripts.ts'
import { firstFrame } from './build/first-frame.ts'
import { noSecrets } from './build/no-secrets.ts'

const bff = process.env['BFF_ORIGIN']
const app = process.env['APP_ORIGIN']

/** Content blockers stop requests by words in their paths: no file of ours has one. */
const BLOCKED_WORDS = /metric|analytic|track|stats|beacon|pixel|telemetry|banner|promo|\bads?\b/

export default defineConfig({
  plugins: [
    react(),
    shakeRouter(),
    noSecrets(),
    earlyScripts(),
    firstFrame(),
    precompress(),
    gallery(),
  ],
  server: {
    // Polar compares redirect URIs exactly, so the port never moves by itself.
    host: 'localhost',
    port: Number(process.env['PORT'] ?? 5173),
    strictPort: true,
    // Behind a tunnel or a cloud IDE the page is opened by another name than localhost.
    allowedHosts: app === undefined ? [] : [new URL(app).hostname],
    // The page and the BFF are one origin to the browser: Host must arrive as it was sent.
    ...(bff !== undefined && { proxy: { '/bff': { target: bff } } }),
  },
  build: {
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    sourcemap: false,
    // One file for the front pages, one for what is behind the front door, and one more for what most
    // of its pages share: by itself each module that two pages share would be a file.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'index', test: /\/src\/start\.ts$/, priority: 6 },
            { name: 'app', test: /\/src\/main\.tsx$/, priority: 5 },
            // The front pages load these too, and nothing else of the dashboard.
            { name: 'notices', test: /\/front-banners\.tsx$/, priority: 4 },
            { name: 'dashboard', test: /\/src\/(?:dashboard|routes)\.tsx$/, priority: 3 },
            { name: 'shared', test: /\/src\/pages\/overview-page\.tsx$/, priority: 2 },
            { name: 'lists', minShareCount: 3, priority: 1 },
          ],
        },
        chunkFileNames: ({ name }) =>
          `assets/${BLOCKED_WORDS.test(name) ? 'page' : name}-[hash].js`,
      },
    },
  },
})

/**
 * Lets the build drop what the app does not use of React Router. Its components are made by calls and
 * get a name, and neither is marked as free of side effects: 4 KiB would stay in what loads first.
 */
function shakeRouter(): Plugin {
  return {
    name: 'shake-router',
    apply: 'build',
    transform: {
      filter: { id: /\/react-router\/dist\/production\// },
      handler: (code) =>
        code
          .replaceAll(/^\w+\.displayName = .*$/gm, '')
          .replaceAll(/= (?=React\$1\.(?:createContext|forwardRef)\()/g, '= /* @__PURE__ */ '),
    },
  }
}

/** Puts `.gz` and `.br` beside every text file, so that the server compresses nothing per request. */
function precompress(): Plugin {
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  return {
    name: 'precompress',
    apply: 'build',
    // From the written files: until then other plugins still change them.
    async writeBundle({ dir = 'dist' }) {
      const files = await readdir(dir, { recursive: true })
      const names = files.filter((name) => /\.(?:html|js|css|svg)$/.test(name))
      for (const name of names) {
        const path = join(dir, name)
        const content = await readFile(path)
        await writeFile(`${path}.gz`, gzipSync(content))
        await writeFile(`${path}.br`, brotliCompressSync(content, { params: quality }))
      }
    },
  }
}

/** Serves the component gallery at its addresses while developing. No build knows that there is one. */
function gallery(): Plugin {
  return {
    name: 'gallery',
    apply: 'serve',
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { originalUrl = '' }) =>
        /^\/__gallery(?:[/?#]|$)/.test(originalUrl)
          ? html.replace('/src/start.ts', '/src/gallery/gallery.tsx')
          : html,
    },
  }
}

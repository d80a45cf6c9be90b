/** How the app is served while it is written and built for the server that ships it. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const bff = process.env['BFF_ORIGIN']

export default defineConfig({
  plugins: [react(), precompress()],
  server: {
    // Polar compares redirect URIs exactly, so the port never moves by itself.
    host: 'localhost',
    port: Number(process.env['PORT'] ?? 5173),
    strictPort: true,
    // The page and the BFF are one origin to the browser: Host must arrive as it was sent.
    ...(bff !== undefined && { proxy: { '/bff': { target: bff } } }),
  },
  build: {
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    sourcemap: false,
  },
})

/** Puts `.gz` and `.br` beside every text asset, so that the server compresses nothing per request. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const [fileName, item] of Object.entries(bundle)) {
        if (!/\.(?:js|css|svg)$/.test(fileName)) continue
        const content = Buffer.from(item.type === 'chunk' ? item.code : item.source)
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(content) })
        this.emitFile({
          type: 'asset',
          fileName: `${fileName}.br`,
          source: brotliCompressSync(content, { params: quality }),
        })
      }
    },
  }
}

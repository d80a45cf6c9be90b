import { defineConfig } from 'vite'

/** One file for Node with everything in it, so that a host needs nothing but Node. */
export default defineConfig({
  build: {
    ssr: 'src/node.ts',
    outDir: 'dist',
    target: 'node22',
    emptyOutDir: true,
  },
  define: { BUILT_AT: JSON.stringify(new Date().toISOString()) },
  ssr: { noExternal: true },
})

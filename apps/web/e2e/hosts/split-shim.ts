/**
 * The page from one process and the BFF from another, as a static host would have it: the first
 * forwards what is below `/bff/`, and knows nothing else of the second.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { preview } from 'vite'
import { freePort } from '../app-process.ts'

const bff = await freePort()
spawn(process.execPath, ['dist/node.js'], {
  cwd: fileURLToPath(new URL('../../../server/', import.meta.url)),
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, PORT: String(bff) },
})
await preview({
  configFile: false,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  preview: {
    port: Number(process.env['PORT']),
    host: 'localhost',
    strictPort: true,
    proxy: { '^/bff/': `http://localhost:${bff}` },
  },
})

#!/usr/bin/env node
/** `npm create polar-connect [folder]`: creates an app that runs against the emulator. */
import { readFileSync } from 'node:fs'
import { create, UserError } from './create.ts'

const OLDEST_NODE = '22.18'
const [folder = 'my-app'] = process.argv.slice(2)

if (folder.startsWith('-')) {
  console.log('npm create polar-connect [folder]\n\nThe folder is my-app if you name none.')
  process.exit(folder === '--help' ? 0 : 1)
}
const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
const { version } = JSON.parse(manifest) as { version: string }
try {
  create(folder, version)
} catch (error) {
  // Nor is a folder that cannot be written a bug.
  if (!(error instanceof UserError) && !(error instanceof Error && 'syscall' in error)) throw error
  console.error(error.message)
  process.exit(1)
}
const quoted = /[^\w./\\:-]/.test(folder) ? `"${folder}"` : folder
console.log(`Created ${folder}. It needs Node ${OLDEST_NODE} or later. Next:

  cd ${quoted} && npm install
  npm run dev
`)

/**
 * Makes the root of the container image: Node with the libraries that it loads, the built app, and
 * the few files that a C library needs. It has no shell and no package manager. The Dockerfile runs
 * this in its build stage. Run by hand, it makes the same root without Docker.
 *
 *   node apps/server/docker/make-root.ts FOLDER
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Where to? node apps/server/docker/make-root.ts FOLDER')

const APPS = fileURLToPath(new URL('../..', import.meta.url))

function copy(from: string, to: string): void {
  const path = join(folder ?? '', to)
  mkdirSync(dirname(path), { recursive: true })
  copyFileSync(realpathSync(from), path)
}

function write(path: string, ...lines: string[]): void {
  mkdirSync(dirname(join(folder ?? '', path)), { recursive: true })
  writeFileSync(join(folder ?? '', path), `${lines.join('\n')}\n`)
}

copy(process.execPath, 'bin/node')
// `name => path (address)`, and the loader by its path alone.
for (const [, library = ''] of execFileSync('ldd', [process.execPath], {
  encoding: 'utf8',
}).matchAll(/(\/\S+) \(0x/g)) {
  copy(library, library)
}
copy(join(APPS, 'server/docker/health.mjs'), 'app/health.mjs')
copy(join(APPS, 'server/dist/node.js'), 'app/server/dist/node.js')
cpSync(join(APPS, 'web/dist'), join(folder, 'app/web/dist'), { recursive: true })
write('app/package.json', '{ "type": "module" }')
write('etc/passwd', 'app:x:10001:10001::/app:')
write('etc/group', 'app:x:10001:')
write('etc/hosts', '127.0.0.1 localhost', '::1 localhost')
write('etc/nsswitch.conf', 'hosts: files dns')
// A temporary folder belongs to the user who made it. All users must be able to read a root.
chmodSync(folder, 0o755)

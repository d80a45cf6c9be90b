import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite'
import {
  documentHeaders,
  HASHED_PATH,
  KEPT_FOR_GOOD,
  transportSecurity,
} from './src/page/document-headers.ts'
import { PAGE_PATH } from './src/page/page-request.ts'
import { SECURITY_TEXT_PATH } from './src/page/security-text.ts'

const PAGE = fileURLToPath(new URL('../web/dist', import.meta.url))
/** Hosts that serve files by themselves read it at build time. */
const STRICT = transportSecurity(process.env['STRICT_TRANSPORT_SECURITY'], true)
const out = (path: string) => fileURLToPath(new URL(`dist/${path}`, import.meta.url))

interface ModuleGraph {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null
}

/** Whether a Worker needs the module at its start. Other modules load when they are used. */
function isNeededAtStart(id: string, graph: ModuleGraph, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false
  seen.add(id)
  const { isEntry = false, importers = [] } = graph.getModuleInfo(id) ?? {}
  return isEntry || importers.some((importer) => isNeededAtStart(importer, graph, seen))
}

/** The two classes of undici that run here. With the rest of undici, a start takes half as long again. */
const undiciAgent: Plugin = {
  name: 'undici-agent',
  enforce: 'pre',
  resolveId: (id) => (id === 'undici' ? '\0undici-agent' : undefined),
  load: (id) =>
    id === '\0undici-agent'
      ? "export { default as Agent } from 'undici/lib/dispatcher/agent.js'\n" +
        "export { default as EnvHttpProxyAgent } from 'undici/lib/dispatcher/env-http-proxy-agent.js'"
      : undefined,
}

/** One file with everything in it: the host needs only Node. */
function oneFile(entry: string, folder: string, name: string): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true },
    build: {
      ssr: true,
      target: 'node22',
      outDir: folder,
      rolldownOptions: {
        input: entry,
        output: { entryFileNames: name, codeSplitting: false },
      },
    },
  }
}

/** The folder has other files: `vercel link` keeps the project in it. */
function keepingOthers(environment: EnvironmentOptions): EnvironmentOptions {
  return { ...environment, build: { ...environment.build, emptyOutDir: false } }
}

/** A Worker. Modules that load on demand get their own chunks: each isolate pays for its start. */
function worker(entry: string, folder: string): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, conditions: ['workerd', 'worker', 'browser', 'module'] },
    build: {
      ssr: true,
      minify: true,
      target: 'es2024',
      outDir: folder,
      rolldownOptions: {
        input: entry,
        output: {
          entryFileNames: 'index.js',
          codeSplitting: {
            groups: [
              {
                name: (id, graph) => (isNeededAtStart(id, graph) ? 'bff' : null),
                debugName: 'bff',
              },
            ],
          },
        },
        // A Worker may export its handler and its objects, and nothing else.
        preserveEntrySignatures: 'strict',
      },
    },
  }
}

/** The page for a host that serves files and reads their headers from `_headers`. */
function writePage(root: string): void {
  rmSync(root, { recursive: true, force: true })
  cpSync(PAGE, root, { recursive: true, filter: isUncompressed })
  const headers = Object.entries(documentHeaders(STRICT)).map(
    ([name, value]) => `${name}: ${value}`,
  )
  // Cloudflare adds them to existing files. The Worker answers for missing ones.
  const hashed = ['! Cache-Control', `Cache-Control: ${KEPT_FOR_GOOD}`]
  const lines = ['/*', ...headers, '/assets/*', ...hashed]
  const text = lines.map((line) => (line.startsWith('/') ? line : `  ${line}`)).join('\n')
  writeFileSync(`${root}/_headers`, `${text}\n`)
}

/** Hosts that serve files compress them themselves. */
const isUncompressed = (path: string) => !/\.(br|gz)$/.test(path)

/** The files that each host needs beside the server, ready for upload. */
const hosts: Plugin = {
  name: 'hosts',
  apply: 'build',
  sharedDuringBuild: true,
  writeBundle() {
    if (this.environment.name === 'node') writePage(out('page'))
    if (this.environment.name === 'lambda') {
      // Without a manifest Lambda reads the files as CommonJS.
      writeFileSync(out('lambda/package.json'), '{ "type": "module" }\n')
      cpSync(PAGE, out('lambda/web'), { recursive: true })
    }
    if (this.environment.name === 'vercel') writeVercelOutput(out('vercel/.vercel/output'))
  },
}

/** Vercel's Build Output API, version 3: `vercel deploy --prebuilt` takes it as it is. */
function writeVercelOutput(root: string): void {
  const write = (path: string, content: object) =>
    writeFileSync(`${root}/${path}`, `${JSON.stringify(content, null, 2)}\n`)
  rmSync(`${root}/static`, { recursive: true, force: true })
  cpSync(PAGE, `${root}/static`, { recursive: true, filter: isUncompressed })
  write('functions/bff.func/package.json', { type: 'module' })
  write('functions/bff.func/.vc-config.json', {
    runtime: 'nodejs24.x',
    handler: 'index.js',
    launcherType: 'Nodejs',
    shouldAddHelpers: false,
    supportsResponseStreaming: true,
    supportsCancellation: true,
    maxDuration: 60,
  })
  const { 'Cache-Control': noStore, ...headers } = documentHeaders(STRICT)
  const page = { src: PAGE_PATH, dest: '/index.html' }
  write('config.json', {
    version: 3,
    routes: [
      { src: '/bff/.*', dest: '/bff', caseSensitive: true },
      { src: SECURITY_TEXT_PATH.replaceAll('.', '\\.'), dest: '/bff' },
      { src: '/.*', headers, continue: true },
      { src: '/(?!assets/).*', headers: { 'Cache-Control': noStore }, continue: true },
      { handle: 'filesystem' },
      { ...page, has: [{ type: 'header', key: 'sec-fetch-mode', value: 'navigate' }] },
      { ...page, has: [{ type: 'header', key: 'accept', value: '.*text/html.*' }] },
      { src: '/.*', status: 404, headers: { 'Cache-Control': noStore } },
      // For a file that was found.
      { handle: 'hit' },
      { src: HASHED_PATH, headers: { 'Cache-Control': KEPT_FOR_GOOD }, continue: true },
    ],
  })
}

export default defineConfig({
  plugins: [undiciAgent, hosts],
  define: { BUILT_AT: JSON.stringify(new Date().toISOString()) },
  build: { emptyOutDir: true },
  environments: {
    node: keepingOthers(oneFile('src/node/production.ts', 'dist', 'node.js')),
    vercel: oneFile(
      'src/hosts/vercel.ts',
      'dist/vercel/.vercel/output/functions/bff.func',
      'index.js',
    ),
    lambda: oneFile('src/hosts/lambda.ts', 'dist/lambda', 'index.js'),
    worker: worker('src/hosts/worker.ts', 'dist/worker'),
    pageWorker: worker('src/hosts/page-worker.ts', 'dist/page-worker'),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['node', 'vercel', 'lambda', 'worker', 'pageWorker']) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
    },
  },
})

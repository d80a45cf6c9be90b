// @vitest-environment node
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noSecrets } from './no-secrets.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polar-connect-build-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function buildPage(source: string, env: Record<string, string> = {}): Promise<void> {
  const entry = join(folder, 'entry.ts')
  await writeFile(entry, source)
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [noSecrets(env)],
    build: { rolldownOptions: { input: entry }, outDir: join(folder, 'dist'), sourcemap: true },
  })
}

describe('S48: the build of the page', () => {
  const log = (text: string) => `console.log(${JSON.stringify(text)})`

  it('takes what is public', async () => {
    const page = buildPage(log('polar_ci_FakeFakeFakeFakeFake'), {
      POLAR_CLIENT_SECRET: 'not-there',
    })
    await expect(page).resolves.toBeUndefined()
  })

  it('stops at the value of a secret setting', async () => {
    const env = { POLAR_CLIENT_SECRET: 'sentinel-of-the-secret' }
    await expect(buildPage(log('sentinel-of-the-secret'), env)).rejects.toThrow('a secret is in')
    const keys = { SESSION_SECRETS: 'first-sentinel-key,second-sentinel-key' }
    await expect(buildPage(log('second-sentinel-key'), keys)).rejects.toThrow('a secret is in')
  })

  it('stops at what looks like a token or a secret of Polar', async () => {
    for (const prefix of ['polar_cs_', 'polar_at_u_', 'polar_rt_o_', 'polar_oat_']) {
      await expect(buildPage(log(prefix + 'Fake'.repeat(8)))).rejects.toThrow('a secret is in')
    }
  })

  it('stops at a secret in a source map', async () => {
    const source = `// sentinel-of-the-secret\n${log('x')}`
    const env = { POLAR_CLIENT_SECRET: 'sentinel-of-the-secret' }
    await expect(buildPage(source, env)).rejects.toThrow('a secret is in')
  })

  it('stops at a module of the server', async () => {
    const seal = fileURLToPath(
      new URL('../../../packages/bff/src/errors/problem.ts', import.meta.url),
    )
    const source = `import { toProblem } from ${JSON.stringify(seal)}\nconsole.log(toProblem)`
    await expect(buildPage(source)).rejects.toThrow('a module of the server')
  })
})

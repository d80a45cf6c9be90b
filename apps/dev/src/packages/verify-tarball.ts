/** What publint and "are the types wrong" say of one tarball. */
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { filterProblems, problemKindInfo } from '@arethetypeswrong/core/problems'
import type { ResolutionKind } from '@arethetypeswrong/core/types'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { manifestOf, type PackageName } from './pack.ts'

/** How those resolve who can take the packages: they are ES modules, and have an exports map. */
const RESOLUTIONS: readonly ResolutionKind[] = ['node16-esm', 'bundler']

/** What is published for each source that the workspace imports. */
function expectedExports(sources: Readonly<Record<string, string>>): object {
  const entries = Object.entries(sources).map(([name, source]) => {
    const built = source.replace(/^\.\/src\/(.*)\.tsx?$/, './dist/$1')
    return [name, { types: `${built}.d.ts`, default: `${built}.js` }]
  })
  return Object.fromEntries(entries)
}

/** A line for each complaint. */
export async function verifyTarball(name: PackageName, tarball: string): Promise<string[]> {
  const bytes = readFileSync(tarball)
  const { messages, pkg } = await publint({
    pack: { tarball: new Uint8Array(bytes).buffer },
    strict: true,
  })
  const analysis = await checkPackage(createPackageFromTarballData(bytes))
  if (!analysis.types) return [`${name}: no types`]
  const wrong = RESOLUTIONS.flatMap((resolutionKind) =>
    filterProblems(analysis, { resolutionKind }).map(
      (problem) => `${resolutionKind}: ${problemKindInfo[problem.kind].title}`,
    ),
  )
  const { exports, publishConfig } = manifestOf(`packages/${name}`)
  const expected = expectedExports(exports)
  const differs = !isDeepStrictEqual(expected, publishConfig.exports)
  return [
    ...(differs ? [`publishConfig.exports should be ${JSON.stringify(expected)}`] : []),
    ...messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code),
    ...new Set(wrong),
  ].map((line) => `${name}: ${line}`)
}

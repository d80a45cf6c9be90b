/** What publint and "are the types wrong" say of one tarball. */
import { readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { filterProblems, problemKindInfo } from '@arethetypeswrong/core/problems'
import type { ResolutionKind } from '@arethetypeswrong/core/types'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { PackageName } from './pack.ts'

/** How those resolve who can take the packages: they are ES modules, and have an exports map. */
const RESOLUTIONS: readonly ResolutionKind[] = ['node16-esm', 'bundler']

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
  return [
    ...messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code),
    ...new Set(wrong),
  ].map((line) => `${name}: ${line}`)
}

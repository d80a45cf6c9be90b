/** When every other test is done: what all of them together left behind. */
import { expect, test } from '@playwright/test'
import { readEvidence, secretFormsIn, secretsIn } from './evidence.ts'

test('S50: no process of the whole suite printed a secret that was issued in it', () => {
  const { logs, secrets } = readEvidence()
  const said = logs.map(({ text }) => text).join('\n')
  // Enough was said, and at debug level, that silence means something.
  expect(logs.length).toBeGreaterThan(10)
  expect(secrets.size).toBeGreaterThan(200)
  for (const word of ['signed_in', 'refreshed', 'logged_out', 'upstream_failed', 'refused']) {
    expect(said).toContain(word)
  }
  const found = logs.flatMap(({ name, text }) =>
    [...secretsIn(text, secrets), ...secretFormsIn(text)].map((secret) => `${secret} from ${name}`),
  )
  expect(found).toEqual([])
})

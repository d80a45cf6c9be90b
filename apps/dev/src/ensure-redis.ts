/** A Redis for the tests that need one: the one that is there, or one that is installed now. */
import { findProgram, installPackage } from './programs.ts'

/** The path of a `redis-server`, or undefined where none is and none could be had. */
export async function ensureRedis(): Promise<string | undefined> {
  const find = () =>
    process.env['REDIS_SERVER_PATH'] || findProgram('redis-server', 'valkey-server')
  const found = find()
  if (found !== undefined) return found
  console.log('No Redis found: installing one.')
  await installPackage('redis-server')
  return find()
}

/** Keeps the state in a file: written soon after each change, and never in part. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { applySnapshot, takeSnapshot } from './snapshot.ts'
import type { World } from './world.ts'

const DEBOUNCE_MS = 200

export interface StateFile {
  /** Schedules a write. Call it when something may have changed. */
  touch(): void
  /** Writes now, if anything changed. */
  flush(): Promise<void>
}

/**
 * Restores the state from `path` if that file exists, and saves it there from now on.
 *
 * @throws Error that names the file, if the file is not a state of this emulator.
 */
export function keepStateIn(path: string, world: World): StateFile {
  restore(path, world)
  let written = ''
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  async function write(): Promise<void> {
    const text = await takeSnapshot(world)
    if (text === written) return
    mkdirSync(dirname(path), { recursive: true })
    // The file holds tokens, so only its owner may read it. The rename makes the write atomic.
    const draft = `${path}.${process.pid}.tmp`
    writeFileSync(draft, text, { mode: 0o600 })
    renameSync(draft, path)
    written = text
  }

  const file: StateFile = {
    touch() {
      timer ??= setTimeout(() => void file.flush(), DEBOUNCE_MS)
      timer.unref()
    },
    flush() {
      clearTimeout(timer)
      timer = undefined
      writing = writing.then(write)
      return writing
    },
  }
  return file
}

function restore(path: string, world: World): void {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return
    throw cause
  }
  try {
    applySnapshot(world, text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause
    throw new Error(
      `${path} is not a state of this emulator. Remove it to start with fresh data.`,
      { cause },
    )
  }
}

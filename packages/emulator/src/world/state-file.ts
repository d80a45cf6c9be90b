/** The file that the emulator comes back from: written soon after a change, whole or not at all. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { applySnapshot, takeSnapshot } from './snapshot.ts'
import type { World } from './world.ts'

const DEBOUNCE_MS = 200

export interface StateFile {
  /** Something may have changed. */
  touch(): void
  /** Writes what is not written yet. */
  flush(): Promise<void>
}

/**
 * Puts the world back as `path` has it, if it is there, and keeps it there from now on.
 *
 * @throws Error naming the file, for one that is there and is no state of this emulator.
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
    // Tokens are in it, made up as they are. A rename leaves no half of a file behind.
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
    throw new Error(`${path} is not a state of this emulator. Remove it to start afresh.`, {
      cause,
    })
  }
}

/** Keeps the state in a file: written soon after each change, and never in part. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { applySnapshot, takeSnapshot } from './snapshot.ts'
import type { World } from './world.ts'

const DEBOUNCE_MS = 200

/** The message names the file. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError'
}

export interface StateFile {
  /** Schedules a write. Call it when something may have changed. */
  touch(): void
  /** Writes now, if anything changed. */
  flush(): Promise<void>
}

/**
 * Restores the state from `path` if that file exists, and saves it there from now on.
 *
 * @throws {StateFileError} if the file cannot be read or is not a state of this emulator.
 */
export function keepStateIn(path: string, world: World): StateFile {
  restore(path, world)
  let written = ''
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()
  let failing = false

  async function write(): Promise<void> {
    const text = await takeSnapshot(world)
    if (text === written) return
    try {
      save(path, text)
      written = text
      failing = false
    } catch (cause) {
      // A full or read-only disk does not stop the emulator.
      const { message } = cause as Error
      const line = `The state is not saved in ${path}, so a restart loses it: ${message}`
      if (!failing) console.error(line)
      failing = true
    }
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

function save(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  // The file holds tokens, so only its owner may read it. The rename makes the write atomic.
  const draft = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(draft, text, { mode: 0o600 })
    renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

function restore(path: string, world: World): void {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return
    throw new StateFileError(`${path} cannot be read: ${message}`, { cause })
  }
  try {
    applySnapshot(world, text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause
    throw new StateFileError(
      `${path} is not a state of this emulator. Remove it to start with fresh data.`,
      { cause },
    )
  }
}

import { describe, expect, it } from 'vitest'
import { findProgram } from './programs.ts'

describe('a program', () => {
  const only = (path: string) => (other: string) => other === path

  it('is found on Windows, with spaces in its path and any case of the variable', () => {
    const path = 'C:\\Users\\A B\\chrome.exe'
    const env = { Path: 'C:\\Windows;C:\\Users\\A B;D:\\tools' }
    expect(findProgram(['chromium', 'chrome'], env, 'win32', only(path))).toBe(path)
  })

  it('is found elsewhere, in the first folder that has it', () => {
    const env = { PATH: '/usr/local/bin:/usr/bin' }
    expect(findProgram(['redis-server'], env, 'linux', () => true)).toBe(
      '/usr/local/bin/redis-server',
    )
    expect(findProgram(['redis-server'], env, 'linux', () => false)).toBeUndefined()
    expect(findProgram(['redis-server'], {}, 'linux', only('/usr/bin/redis-server'))).toBe(
      undefined,
    )
  })
})

/** Invented customer names. Every family name says that it is made up. */
import type { Random } from '../runtime/random.ts'

const GIVEN = ['Alex', 'Billie', 'Chris', 'Dana', 'Eli', 'Frankie', 'Gale', 'Harper'] as const
const MORE = ['Indigo', 'Jules', 'Kim', 'Lee', 'Mika', 'Noa', 'Ollie', 'Pat'] as const
const FAMILY = ['Example', 'Sample', 'Specimen', 'Placeholder', 'Testwell', 'Mockford'] as const
const LAST = ['Fictitious', 'Madeup', 'Pretend', 'Dummyson'] as const

export interface CustomerName {
  readonly name: string
  readonly email: string
}

/** @param number distinguishes people with the same name. */
export function inventName(random: Random, number: number): CustomerName {
  const given = random.pick([...GIVEN, ...MORE])
  const family = random.pick([...FAMILY, ...LAST])
  const email = `${given}.${family}.${number}@example.com`.toLowerCase()
  return { name: `${given} ${family}`, email }
}

import { describe, expect, it } from 'vitest'

const SHEETS = import.meta.glob<string>('./*.css', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Files that define values, and values of browsers. */
const EXEMPT = new Set(['./tokens.css', './reset.css'])

const declarations = Object.entries(SHEETS)
  .filter(([name]) => !EXEMPT.has(name))
  .flatMap(([name, css]) =>
    [...css.matchAll(/^\s*([\w-]+):\s*([^;{]+);/gm)].map(([, property = '', value = '']) => ({
      at: `${name} ${property}: ${value}`,
      property,
      value,
    })),
  )

/** Lengths that need no token. Up to 2 px they are hairlines and optical corrections. */
const lengthsOf = (value: string) =>
  (value.match(/(?<![\w-])\d*\.?\d+(?:rem|px|em|ch)\b/g) ?? []).filter(
    (length) => !['0px', '1px', '2px'].includes(length),
  )

describe('The styles', () => {
  it('are all read here', () => {
    expect(declarations.length).toBeGreaterThan(400)
  })

  it('take the size of all text from one scale', () => {
    const raw = declarations.filter(
      ({ property, value }) =>
        (property === 'font' && !/^(var\(--t-[\w-]+\)|inherit)$/.test(value)) ||
        (property === 'font-size' && !value.endsWith('em')) ||
        (property === 'font-weight' && !/^[456]00$/.test(value)),
    )
    expect(raw.map(({ at }) => at)).toEqual([])
  })

  it('take all spacing from one scale', () => {
    const raw = declarations.filter(
      ({ property, value }) =>
        /^(padding|margin|gap|row-gap|column-gap)/.test(property) && lengthsOf(value).length > 0,
    )
    expect(raw.map(({ at }) => at)).toEqual([])
  })
})

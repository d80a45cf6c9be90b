/**
 * Lint for the whole repository. It keeps the direction of imports: between the packages, and between
 * the folders inside them.
 */

const NAMES = ['protocol', 'bff', 'browser', 'react', 'emulator', 'web', 'server', 'dev']
/** Packages of ours by name. A package's own name leads back to its top, so it counts too. */
const oursExcept = (...allowed: readonly string[]) =>
  `^@polar-connect/(${NAMES.filter((name) => !allowed.includes(name)).join('|')})`

/** What the source of each package must not import, by the whole specifier. */
const FORBIDDEN = {
  'packages/protocol': ['^[^.]', 'protocol imports nothing.'],
  'packages/bff': [
    `${oursExcept('protocol')}|^node:`,
    'bff imports protocol, and runs wherever fetch does.',
  ],
  'packages/browser': [
    `${oursExcept('protocol')}|^node:|^@polar-sh/|^react|^@tanstack/`,
    "browser imports protocol, and Polar's SDK at browser/polar alone.",
  ],
  'packages/react': [
    `${oursExcept('browser', 'protocol')}|^node:|^@polar-sh/`,
    'react imports browser, protocol, React, React Query and React Router.',
  ],
  'packages/emulator': [oursExcept(), 'emulator shares no code with the client side.'],
  'packages/create-polar-connect': [
    // Neither relative nor `node:`. The expressions know no look-ahead.
    '^([^.n]|n[^o]|no[^d]|nod[^e]|node[^:])',
    'create-polar-connect imports Node alone: npm create downloads nothing else.',
  ],
  'apps/web': [
    `${oursExcept('react', 'browser', 'protocol')}|^node:|^hono`,
    'web imports react, browser and protocol; it meets the server over HTTP.',
  ],
  'apps/server': [oursExcept('bff', 'protocol'), 'server imports bff and protocol.'],
  'apps/dev': [oursExcept(), 'dev starts the other packages and imports none.'],
} as const
type Package = keyof typeof FORBIDDEN

/** The one entry that has Polar's SDK. */
const POLAR_ENTRY = {
  path: 'packages/browser/src/polar.ts',
  forbidden: [
    `${oursExcept('protocol')}|^node:|^react|^@tanstack/`,
    "browser/polar imports protocol and Polar's SDK.",
  ],
} as const

/**
 * All that lies in `src`, ground floor first. Each folder or file imports from lower floors only, and
 * a folder from itself.
 */
const FLOORS: Partial<Record<Package, readonly (readonly string[])[]>> = {
  'packages/bff': [
    ['runtime'],
    ['errors'],
    ['sealing', 'upstream', 'coordinator'],
    ['settings'],
    ['http', 'polar'],
    ['refresh'],
    ['session'],
    ['sign-in', 'api'],
    ['diagnostics'],
    ['options.ts'],
    ['option-faults.ts'],
    ['resolve-options.ts', 'routes.ts'],
    ['create-bff.ts'],
    ['index.ts'],
    ['env', 'frameworks'],
  ],
  'packages/browser': [
    ['errors.ts'],
    ['runtime', 'texts'],
    ['session', 'problem-texts.ts'],
    ['sign-in'],
    ['connect.ts'],
    ['index.ts', 'polar.ts'],
  ],
  'packages/emulator': [
    ['runtime'],
    ['objects'],
    ['seed', 'faults'],
    ['world'],
    ['http'],
    ['oauth', 'api'],
    ['pages', 'control'],
    ['panel'],
    ['create-emulator.ts'],
    ['index.ts', 'cli.ts'],
  ],
  'apps/web': [
    ['facts.ts', 'late.tsx', 'styles', 'format'],
    ['data'],
    ['messages'],
    ['parts'],
    ['states', 'charts'],
    ['resources'],
    ['pages'],
    ['routes.tsx'],
    ['shell'],
    ['dashboard.tsx'],
    ['front-door.ts'],
    ['app.tsx'],
    ['root.tsx'],
    ['main.tsx'],
    ['start.ts'],
    ['boot.js', 'first-frame.tsx', 'gallery'],
  ],
  'apps/server': [
    ['page', 'background.ts', 'built-at.ts'],
    ['config'],
    ['log.ts'],
    ['assemble.ts', 'redis.ts'],
    ['node', 'hosts'],
    ['diagnose'],
  ],
}

/** Code that no package ships. It may import what it tests and whatever helps. */
const TESTS = [
  '**/*.test.ts',
  '**/*.test.tsx',
  '**/*.test-d.ts',
  '**/testing/**',
  'packages/bff/src/*/contract.ts',
  'packages/bff/src/refresh/{chaos,model}/**',
  'packages/emulator/conformance/**',
  'apps/web/e2e/**',
]

const RANDOM = {
  object: 'Math',
  property: 'random',
  message: 'Random values come from WebCrypto.',
}

/** The one clock is `runtime/time`, so that a test moves all time at once. */
const CLOCKS = {
  'no-restricted-globals': [
    'error',
    ...['setTimeout', 'setInterval', 'performance'].map((name) => ({
      name,
      message: 'Take the time that is passed in: runtime/time.',
    })),
  ],
  'no-restricted-properties': [
    'error',
    RANDOM,
    { object: 'Date', property: 'now', message: 'Take the time that is passed in.' },
    { object: 'AbortSignal', property: 'timeout', message: 'Take the time that is passed in.' },
  ],
}

/** In the page: what a browser may leave out or refuse has one owner, which handles that. */
const WEB_APIS = {
  message: 'A browser may refuse this: take it from @polar-connect/browser/web-apis.',
  globals: ['localStorage', 'sessionStorage', 'BroadcastChannel'],
  ofNavigator: ['locks', 'onLine'],
}

/** Types and the build let these pass. */
const NEWER = [
  ['Promise', 'withResolvers'],
  ['Object', 'groupBy'],
  ['Map', 'groupBy'],
  ['Array', 'fromAsync'],
] as const

const ONE_OWNER_OF_WEB_APIS = {
  'no-restricted-globals': [
    'error',
    ...WEB_APIS.globals.map((name) => ({ name, message: WEB_APIS.message })),
  ],
  'no-restricted-properties': [
    'error',
    RANDOM,
    ...['window', 'globalThis', 'self'].flatMap((object) =>
      WEB_APIS.globals.map((property) => ({ object, property, message: WEB_APIS.message })),
    ),
    ...WEB_APIS.ofNavigator.map((property) => ({
      object: 'navigator',
      property,
      message: WEB_APIS.message,
    })),
    { object: 'crypto', property: 'subtle', message: WEB_APIS.message },
    ...NEWER.map(([object, property]) => ({
      object,
      property,
      message: 'Newer than the browsers that README names.',
    })),
  ],
}

const ANY_CLOCK = {
  'no-restricted-globals': 'off',
  'no-restricted-properties': ['error', RANDOM],
}

type Pattern = { readonly regex: string; readonly message: string }

const imports = (...patterns: readonly Pattern[]) => ({
  'no-restricted-imports': ['error', { patterns }],
})

/** How deep a file may lie in its package. */
const DEPTHS = [0, 1, 2, 3, 4, 5]
const filesAt = (folder: string, depth: number) => [`${folder}/${'*/'.repeat(depth)}*`]
const up = (folders: number) => `^(\\.\\./){${folders}}`

/** A relative path out of the folder that a file lies in, `depth` folders deep. */
const leaves = (depth: number, message: string): readonly Pattern[] => [
  { regex: `${up(depth + 1)}|^(\\.\\./){${depth}}\\.\\.$`, message },
  { regex: '[^.]/\\.\\.?(/|$)|^\\./\\.|//', message: 'Write the shortest path.' },
]

const sourceImports = (
  [regex, message]: readonly [regex: string, message: string],
  depth: number,
  ...more: readonly Pattern[]
) =>
  imports(
    { regex, message },
    ...leaves(depth, 'The source of a package imports no file outside its src.'),
    { regex: '^\\..*/testing(/|$)', message: 'Only tests import testing.' },
    ...more,
  )

/** The source of a package: all of it, then each folder and file that has a floor. */
function sourceRules(folder: Package) {
  const src = `${folder}/src`
  const floors = FLOORS[folder] ?? []
  const rules = DEPTHS.map((depth) => ({
    files: filesAt(src, depth),
    rules: sourceImports(FORBIDDEN[folder], depth),
  }))
  for (const [height, floor] of floors.entries()) {
    const lower = floors.slice(0, height).flat()
    for (const part of floor) {
      const path = `${src}/${part}`
      const isFile = part.includes('.')
      const refused = floors.flat().filter((other) => other !== part && !lower.includes(other))
      const names = refused.join('|').replaceAll('.', '\\.')
      const message = `${part} imports from lower floors: ${lower.join(', ') || 'none'}.`
      const forbidden = path === POLAR_ENTRY.path ? POLAR_ENTRY.forbidden : FORBIDDEN[folder]
      for (const depth of isFile ? [0] : DEPTHS.slice(1)) {
        const regex = `${depth === 0 ? '^\\./' : up(depth)}(${names})(/|$)`
        const files = isFile ? [path] : filesAt(path, depth - 1)
        rules.push({ files, rules: sourceImports(forbidden, depth, { regex, message }) })
      }
    }
  }
  return rules.map((override) => ({ ...override, excludeFiles: TESTS }))
}

export default {
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'react', 'jsx-a11y', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  env: { builtin: true, es2024: true },
  ignorePatterns: ['**/dist/**', 'packages/create-polar-connect/template/**', 'apps/examples/**'],
  settings: { react: { version: '19.3.1' } },
  rules: {
    'no-restricted-properties': ['error', RANDOM],
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'react/react-in-jsx-scope': 'off',
    'react/jsx-no-target-blank': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    // An address that is computed says nothing about the package it is in.
    'import/no-dynamic-require': ['error', { esmodule: true }],
    'import/no-default-export': 'error',
    'import/no-unassigned-import': 'off',
    'no-shadow': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-sort': 'off',
    'no-underscore-dangle': 'off',
    'promise/always-return': 'off',
    'vitest/no-conditional-tests': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'typescript/consistent-return': 'off',
    'typescript/unbound-method': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*'] }],
  },
  overrides: [
    {
      files: [
        '**/*.config.ts',
        'apps/server/src/hosts/{worker,page-worker,vercel}.ts',
        'packages/bff/src/testing/coordinator-worker.ts',
        'apps/dev/src/examples/install.ts',
      ],
      rules: { 'import/no-default-export': 'off' },
    },
    ...DEPTHS.map((depth) => ({
      files: filesAt('{packages,apps}/*', depth),
      rules: imports(...leaves(depth, 'A package reaches another one by its name.')),
    })),
    ...(Object.keys(FORBIDDEN) as Package[]).flatMap(sourceRules),
    {
      // They need what tests of bff and web use, and no package exports that.
      files: ['apps/server/bench/bff.bench.ts', 'apps/web/e2e/security/storm.spec.ts'],
      rules: { 'no-restricted-imports': 'off' },
    },
    {
      // Their path is known only when they run: Polar's SDK by its date, and what the build wrote.
      files: [
        'apps/server/src/diagnose/polar-api.ts',
        'apps/{dev/src/{start,diagnose}.ts,server/src/hosts/page.test.ts,web/e2e/hosts/*-shim.ts}',
      ],
      rules: { 'import/no-dynamic-require': 'off' },
    },
    { files: ['packages/bff/src/**'], rules: CLOCKS },
    { files: ['packages/bff/src/runtime/time.ts'], rules: ANY_CLOCK },
    {
      files: ['packages/{browser,react}/src/**', 'apps/web/src/**'],
      rules: ONE_OWNER_OF_WEB_APIS,
    },
    {
      // The owner, and the script that runs before it is there.
      files: ['packages/browser/src/runtime/web-apis.ts', 'apps/web/src/boot.js'],
      rules: ANY_CLOCK,
    },
    {
      // node:test waits for its tests by itself.
      files: ['packages/emulator/conformance/examples/node.ts'],
      rules: { 'typescript/no-floating-promises': 'off' },
    },
    {
      // What people read is in the catalogue, so that another language can replace all of it.
      files: ['apps/web/src/**/*.tsx'],
      rules: {
        'react/jsx-no-literals': [
          'error',
          {
            noStrings: true,
            ignoreProps: true,
            allowedStrings: ['–', '·', ' ', '('],
            restrictedAttributes: [
              'aria-label',
              'aria-roledescription',
              'alt',
              'placeholder',
              'title',
            ],
          },
        ],
      },
    },
    {
      files: ['apps/web/src/gallery/**', '**/*.test.tsx', '**/testing/**'],
      rules: { 'react/jsx-no-literals': 'off' },
    },
    { files: TESTS, rules: ANY_CLOCK },
    { files: ['apps/web/e2e/**'], rules: { 'react/rules-of-hooks': 'off' } },
  ],
}

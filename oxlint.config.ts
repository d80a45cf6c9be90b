/**
 * Lint for the whole repository. It keeps the direction of imports: between the packages, and between
 * the folders of `packages/bff/src`.
 */

/** What each package must not import, by the whole specifier. */
const FORBIDDEN = {
  'packages/protocol': ['^[^.]', 'protocol imports nothing.'],
  'packages/bff': [
    '^@polar-connect/(browser|react|emulator|web|server|dev)|^node:',
    'bff imports protocol, and runs wherever fetch does.',
  ],
  'packages/browser': [
    '^@polar-connect/(bff|react|emulator|web|server|dev)|^node:|^@polar-sh/|^react|^@tanstack/',
    "browser imports protocol, and Polar's SDK at browser/polar alone.",
  ],
  'packages/react': [
    '^@polar-connect/(bff|emulator|web|server|dev)|^node:|^@polar-sh/',
    'react imports browser, protocol, React, React Query and React Router.',
  ],
  'packages/emulator': ['^@polar-connect/', 'emulator shares no code with the client side.'],
  'packages/create-polar-connect': [
    // Neither relative nor `node:`. The expressions know no look-ahead.
    '^([^.n]|n[^o]|no[^d]|nod[^e]|node[^:])',
    'create-polar-connect imports Node alone: npm create downloads nothing else.',
  ],
  'apps/web': [
    '^@polar-connect/(bff|emulator|server|dev)|^node:|^hono',
    'web imports react, browser and protocol; it meets the server over HTTP.',
  ],
  'apps/server': [
    '^@polar-connect/(browser|react|emulator|web|dev)',
    'server imports bff and protocol.',
  ],
  'apps/dev': ['^@polar-connect/', 'dev starts the other packages and imports none.'],
} as const

/** The folders of `packages/bff/src`, ground floor first. Each imports from lower floors only. */
const FLOORS = [
  ['runtime'],
  ['errors'],
  ['sealing', 'upstream', 'coordinator'],
  ['settings'],
  ['http', 'polar'],
  ['refresh'],
  ['session'],
  ['sign-in', 'api'],
] as const

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

/** A folder's own imports: nothing from its floor, from higher ones, or from the top. */
function floorRules() {
  return FLOORS.flatMap((floor, height) =>
    floor.flatMap((folder) => {
      const lower: readonly string[] = FLOORS.slice(0, height).flat()
      const refused = [...FLOORS.flat(), 'diagnostics', 'env', 'frameworks', 'testing'].filter(
        (other) => other !== folder && !lower.includes(other),
      )
      const [regex, message] = FORBIDDEN['packages/bff']
      // A driver lies one folder deeper.
      return ['../', '../../'].map((up, depth) => ({
        files: [`packages/bff/src/${folder}/${depth === 0 ? '*' : '*/**'}`],
        rules: imports(
          { regex, message },
          {
            regex: `^${up.replaceAll('.', '\\.')}((${refused.join('|')})/|[^/]+$)`,
            message: `${folder} imports from lower floors: ${lower.join(', ') || 'none'}.`,
          },
        ),
      }))
    }),
  )
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
    'import/no-cycle': 'error',
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
    ...Object.entries(FORBIDDEN).map(([folder, [regex, message]]) => ({
      files: [`${folder}/src/**`],
      rules: imports({ regex, message }),
    })),
    ...floorRules(),
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
      // The one entry that has Polar's SDK.
      files: ['packages/browser/src/polar.ts'],
      rules: imports({
        regex: '^@polar-connect/(bff|react|emulator|web|server|dev)|^node:|^react|^@tanstack/',
        message: "browser/polar imports protocol and Polar's SDK.",
      }),
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
    { files: TESTS, rules: { 'no-restricted-imports': 'off', ...ANY_CLOCK } },
    { files: ['apps/web/e2e/**'], rules: { 'react/rules-of-hooks': 'off' } },
  ],
}

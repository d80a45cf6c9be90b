/** What is wrong with the options of `createBff`: all of it at once, by the name of each option. */
import { BASE_PATH, CALLBACK_PATH } from '@polar-connect/protocol'
import { mintsCredentials, routeFault } from './api/allow-list.ts'
import type { BffOptions } from './options.ts'
import { isSafeOrigin } from './settings/polar-server.ts'

const PREFIXES = { clientId: 'polar_ci_', clientSecret: 'polar_cs_' } as const
const KEY_BYTES = 32

/** One line each, without the value: it could be a secret. */
export function faultsOf(options: BffOptions): readonly string[] {
  // The types promise all of it. Code without types, or an empty variable, does not.
  const { server, keys, appOrigin, allow = [] } = options as Partial<BffOptions>
  const { scopes = [], allowedScopes = [] } = options
  const asked = [...scopes, ...allowedScopes, ...allow.flatMap(({ scope }) => scope ?? [])]
  const minting = asked.find(mintsCredentials)
  const isOrigin = typeof appOrigin === 'string' && isSafeOrigin(appOrigin)
  const faults = [
    clientFault(options, 'clientId'),
    clientFault(options, 'clientSecret'),
    server?.identity === undefined &&
      "server: make it with polarServer('sandbox') or polarServer('production')",
    !isOrigin &&
      'appOrigin: an https origin without a path, as https://app.example.com. http is for this machine only',
    !Array.isArray(keys) || keys.length === 0
      ? 'keys: make it with await createKeyRing([secret])'
      : keys.some(({ bytes }) => bytes.length !== KEY_BYTES) &&
        `keys: each has ${KEY_BYTES} random bytes`,
    pathFault('basePath', BASE_PATH, options.basePath),
    pathFault('callbackPath', CALLBACK_PATH, options.callbackPath),
    ...allow.map(({ path }) => routeFault(path)),
    minting && `scopes: ${minting} could mint or reveal a credential`,
  ]
  return faults.filter((fault) => typeof fault === 'string')
}

function clientFault(options: BffOptions, name: keyof typeof PREFIXES): string | undefined {
  const { [name]: value = '', server } = options as Partial<BffOptions>
  const prefix = PREFIXES[name]
  const other = name === 'clientId' ? 'clientSecret' : 'clientId'
  if (value.trim() === '') return `${name}: missing. At Polar it begins with ${prefix}`
  if (value.startsWith(PREFIXES[other])) return `${name}: this is the ${other}. Swap the two`
  // A compatible server names its clients as it likes.
  const isPolar = /^(production|sandbox)$/.test(server?.identity?.name ?? '')
  return isPolar && !value.startsWith(prefix) ? `${name}: it begins with ${prefix}` : undefined
}

function pathFault(name: string, example: string, path = example): string | undefined {
  return /^(\/[\w.~-]+)+$/.test(path) ? undefined : `${name}: a path such as ${example}`
}

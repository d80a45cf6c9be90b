/** Stops a build that would carry what belongs to the server: its secrets, or its modules. */
import type { Plugin } from 'vite'

/** Settings whose values no page may hold. */
const SECRET_SETTINGS = ['POLAR_CLIENT_SECRET', 'SESSION_SECRETS', 'REDIS_URL'] as const

/** What runs beside a secret has no business in a page. */
const SERVER_MODULES = /\/(packages\/bff|apps\/server|node_modules\/(oauth4webapi|jose|pino))\//

/** What a secret of Polar looks like; `polar_ci_`, the client's id, is public. */
const SECRET_FORM = /polar_(?!ci_)[a-z]{2,3}(_[a-z])?_[A-Za-z0-9]{20,}/

export function noSecrets(env: Readonly<Record<string, string | undefined>> = process.env): Plugin {
  const values = SECRET_SETTINGS.flatMap((name) => (env[name] ?? '').split(','))
    .map((value) => value.trim())
    .filter((value) => value.length >= 8)
  return {
    name: 'no-secrets',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const id of this.getModuleIds()) {
        if (SERVER_MODULES.test(id)) this.error(`a module of the server is in the page: ${id}`)
      }
      for (const [name, output] of Object.entries(bundle)) {
        const text =
          output.type === 'chunk' ? output.code + JSON.stringify(output.map ?? '') : output.source
        const content = typeof text === 'string' ? text : new TextDecoder().decode(text)
        if (values.some((value) => content.includes(value)) || SECRET_FORM.test(content)) {
          // S48: stop the build
          this.error(`a secret is in ${name}`)
        }
      }
    },
  }
}

/** When this server was built, ISO 8601. The build sets it. */
declare const BUILT_AT: string | undefined

export const builtAt = typeof BUILT_AT === 'string' ? BUILT_AT : new Date().toISOString()

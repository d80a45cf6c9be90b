/** A BFF by the environment, and the reader that it uses. */
export { bffFromEnv, type EnvBff, type MoreOptions } from './bff-from-env.ts'
export { clientAddress } from './client-address.ts'
export { ConfigError, createEnvReader, type EnvReader } from './env-reader.ts'
export { readEnvOptions, type EnvOptions } from './env-options.ts'

import { createBff, createKeyRing, polarServer } from '@polar-connect/bff'

const env = (name: string) => process.env[name] ?? ''

export const bff = createBff({
  clientId: env('POLAR_CLIENT_ID'),
  clientSecret: env('POLAR_CLIENT_SECRET'),
  server: polarServer(env('POLAR_SERVER')),
  appOrigin: env('APP_ORIGIN'),
  keys: await createKeyRing(env('SESSION_SECRETS').split(',')),
})

import { bffFromEnv } from '@polar-connect/bff/env'

export const bff = bffFromEnv()

import { toNextHandlers } from '@polar-connect/bff/next'
import { bff } from '../../../bff'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(bff)

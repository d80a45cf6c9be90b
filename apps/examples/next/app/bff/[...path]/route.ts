import { toNextHandlers } from '@polar-connect/bff/next'
import { after } from 'next/server'
import { bff } from '../../../bff'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(bff, after)

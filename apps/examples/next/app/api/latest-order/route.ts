import { ownRoute } from '@polar-connect/bff/next'
import { polar } from '@polar-connect/bff/polar'
import { bff } from '../../../bff'

export const GET = ownRoute(bff, async (request) => {
  const { items } = await polar(bff, request).orders.list({ limit: 1, sorting: ['-created_at'] })
  return Response.json({ name: items[0]?.description })
})

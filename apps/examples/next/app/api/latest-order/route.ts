import { sendCookies } from '@polar-connect/bff/next'
import { polar } from '@polar-connect/bff/polar'
import { cookies } from 'next/headers'
import { bff } from '../../../bff'

export async function GET(request: Request) {
  try {
    bff.checkOrigin(request)
    const { items } = await polar(bff, request).orders.list({ limit: 1, sorting: ['-created_at'] })
    sendCookies(bff, request, await cookies())
    return Response.json({ name: items[0]?.description })
  } catch (error) {
    return bff.toResponse(error, request)
  }
}

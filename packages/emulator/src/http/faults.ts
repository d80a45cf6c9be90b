/** Applies faults: inside the request log, so that it shows them, and before everything else. */
import type { Context, MiddlewareHandler } from 'hono'
import type { EmulatorEnv } from './environment.ts'
import type { World } from '../world/world.ts'
import { nameOf, type FaultRule } from '../faults/fault.ts'
import { spoiledResponse } from '../faults/spoiled-response.ts'

export function faults(world: World): MiddlewareHandler<EmulatorEnv> {
  return async (c, next) => {
    const { method, path } = c.req
    const met = world.faults.take({ method, path, grantType: await grantTypeOf(c) })
    if (met.length === 0) {
      await next()
      return undefined
    }
    for (const { rule } of met) await delay(rule.delay_ms ?? 0)
    for (const { rule } of met) {
      if (rule.commit_after_ms !== undefined) c.set('commitAfterMs', rule.commit_after_ms)
    }
    for (const { rule } of met) {
      const response = isLate(rule) ? undefined : instead(c, rule, world)
      if (response === undefined) continue
      c.set('note', `Fault: ${nameOf(rule)}`)
      return response
    }
    await next()
    for (const fault of met) {
      const { rule } = fault
      if (isLate(rule) && c.res.status >= 400) {
        // Nothing changed, so no answer to a change could be lost. The hit does not count.
        fault.hits -= 1
        continue
      }
      await delay(rule.delay_after_ms ?? 0)
      if (isLate(rule)) loseAnswer(c, rule, world)
      await afterwards(c, rule)
    }
    return undefined
  }
}

/** The answer of a fault that replaces the request's own handling. Undefined for other faults. */
function instead(c: Context<EmulatorEnv>, rule: FaultRule, world: World): Response | undefined {
  const { kind, authorization_error: error } = rule
  switch (kind) {
    case 'drop':
    case 'drop_after_commit':
    case 'hang':
      c.env.fate = kind === 'hang' ? 'hang' : 'drop'
      return new Response(null, { status: 500 })
    case 'malformed':
    case 'empty':
    case 'html':
    case 'redirect':
    case 'endless':
    case 'gzip_bomb':
      return spoiledResponse(kind, rule)
    case 'unknown_status':
    case 'truncated':
      return undefined
    case undefined:
      break
  }
  if (error !== undefined) return toCallback(c, world, error)
  if (rule.status === undefined && rule.body === undefined) return undefined
  const { status = 200, headers, body } = rule
  const text = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
  const bodiless = status === 204 || status === 205 || status === 304
  // Polar's own answers name the version. A 404 without it means that the version is gone.
  const wanted = c.req.header('Polar-Version') ?? world.versions[0] ?? ''
  return new Response(bodiless ? null : text, {
    status,
    headers: {
      ...(text !== null && { 'Content-Type': type }),
      ...(status < 500 && { 'Polar-Version': wanted }),
      ...headers,
    },
  })
}

/** Whether the change is made before the fault hits. */
function isLate({ kind, after_commit }: FaultRule): boolean {
  return kind === 'drop_after_commit' || after_commit === true
}

/** Replaces the answer by that of the fault. */
function loseAnswer(c: Context<EmulatorEnv>, rule: FaultRule, world: World): void {
  const response = instead(c, rule, world)
  if (response === undefined) return
  c.set('note', `Fault: answer lost (${c.get('note') ?? c.res.status})`)
  c.res = undefined
  c.res = response
}

/** Applies faults that change an existing answer. */
async function afterwards(c: Context<EmulatorEnv>, rule: FaultRule): Promise<void> {
  if (rule.kind === 'truncated') {
    c.env.fate = 'break'
    c.set('note', `Fault: truncated (${c.get('note') ?? c.res.status})`)
  }
  if (rule.kind === 'unknown_status' && isJson(c.res)) {
    const body: unknown = await c.res.json()
    const text = JSON.stringify(body, (name, value: unknown) =>
      name === 'status' && typeof value === 'string' ? 'unheard_of' : value,
    )
    c.res = new Response(text, c.res)
  }
  const location = c.res.headers.get('Location')
  if (rule.callback === undefined || location === null || !URL.canParse(location)) return
  const url = new URL(location)
  if (!url.searchParams.has('code') && !url.searchParams.has('error')) return
  if (rule.callback === 'missing_state') url.searchParams.delete('state')
  else url.searchParams.set('state', `${url.searchParams.get('state') ?? ''}-altered`)
  c.header('Location', url.href)
  c.set('note', `Fault: ${nameOf(rule)}`)
}

/** Redirects only to registered addresses, so that a fault is not an open redirect. */
function toCallback(c: Context<EmulatorEnv>, world: World, error: string): Response | undefined {
  const { client_id: clientId = '', redirect_uri: given, state } = c.req.query()
  const uris = world.client(clientId)?.redirectUris ?? []
  const target = uris.find((uri) => given === undefined || uri === given)
  if (target === undefined) return undefined
  const url = new URL(target)
  url.searchParams.append('error', error)
  if (state) url.searchParams.append('state', state)
  return c.redirect(url.href)
}

async function grantTypeOf(c: Context<EmulatorEnv>): Promise<string | null> {
  if (c.req.method !== 'POST' || c.req.path !== '/v1/oauth2/token') return null
  const text = await c.req.raw.clone().text()
  return new URLSearchParams(text).get('grant_type')
}

function isJson(response: Response): boolean {
  return response.headers.get('Content-Type')?.startsWith('application/json') ?? false
}

async function delay(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
}

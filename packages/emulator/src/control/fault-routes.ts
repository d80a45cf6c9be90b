/** The controls of faults: list, add, add a preset, remove. */
import type { Hono } from 'hono'
import { readBody } from './body.ts'
import type { World } from '../world/world.ts'
import { faultBody, nameOf, stoppedBy, type Fault } from '../faults/fault.ts'
import { PRESETS } from '../faults/presets.ts'

export function mountFaults(app: Hono, world: World): void {
  app.get('/faults', (c) =>
    c.json({
      items: world.faults.list().map(toItem),
      presets: PRESETS.map(({ slug, title, effect }) => ({ slug, title, effect })),
    }),
  )

  app.post('/faults', async (c) => {
    const rule = await readBody(c, faultBody)
    if (rule instanceof Response) return rule
    return c.json(toItem(world.faults.add(rule)), 201)
  })

  app.post('/faults/presets/:name', (c) => {
    const preset = PRESETS.find(({ slug }) => slug === c.req.param('name'))
    if (preset === undefined) return c.json({ error: 'No preset of that name' }, 404)
    const already = world.faults.list().find((fault) => fault.preset === preset.slug)
    if (already !== undefined) world.faults.remove(already.id)
    return c.json(toItem(world.faults.add(preset.rule, preset.slug)), 201)
  })

  app.delete('/faults', (c) => {
    world.faults.clear()
    return c.body(null, 204)
  })

  app.delete('/faults/:id', (c) =>
    world.faults.remove(c.req.param('id'))
      ? c.body(null, 204)
      : c.json({ error: 'No such fault' }, 404),
  )
}

function toItem(fault: Fault) {
  const { id, preset, hits, rule } = fault
  const title = PRESETS.find(({ slug }) => slug === preset)?.title ?? nameOf(rule)
  return { id, preset, title, stops: stoppedBy(fault), hits, ...rule }
}

/** The control panel: six pages, and one path that all their forms post to. */
import { Hono, type Context } from 'hono'
import { csrf } from 'hono/csrf'
import { html } from 'hono/html'
import type { RequestLog } from '../http/request-log.ts'
import { page, type Html } from '../pages/layout.ts'
import { PAGE_HEADERS } from '../pages/script.ts'
import type { World } from '../world/world.ts'
import { clientsPage } from './clients-page.ts'
import { clockPage } from './clock-page.ts'
import { toRequest, type PanelContext } from './control.ts'
import { dataPage } from './data-page.ts'
import { faultsPage } from './faults-page.ts'
import { frame, type TabTitle } from './frame.ts'
import { peoplePage } from './people-page.ts'
import { requestsPage } from './requests-page.ts'

/** @param controls the app that handles the control calls. */
export function createPanelRoutes(world: World, log: RequestLog, controls: Hono): Hono {
  const app = new Hono()
  app.use('/_panel/*', csrf())

  const tab =
    (title: TabTitle, content: (context: PanelContext, c: Context) => Html) => (c: Context) => {
      const context = { origin: world.origin, back: c.req.path }
      return c.html(frame(world, context, title, content(context, c)), 200, PAGE_HEADERS)
    }
  app.get(
    '/',
    tab('Clock and tokens', (context) => clockPage(world, context)),
  )
  app.get(
    '/_panel/faults',
    tab('Faults', (context) => faultsPage(world, context)),
  )
  app.get(
    '/_panel/requests',
    tab('Requests', (context, c) => {
      const { path = '', errors, reveal = '' } = c.req.query()
      return requestsPage(log, { path, errors: errors !== undefined, reveal }, context)
    }),
  )
  app.get(
    '/_panel/clients',
    tab('Clients', (context) => clientsPage(world, context)),
  )
  app.get(
    '/_panel/people',
    tab('People', (context) => peoplePage(world, context)),
  )
  app.get(
    '/_panel/data',
    tab('Data', (context) => dataPage(world, context)),
  )

  // Links to Polar's dashboard lead to the Data tab.
  app.get('/dashboard/*', (c) => c.redirect('/_panel/data'))

  app.post('/_panel/call', async (c) => {
    const form = await c.req.formData()
    const back = backOf(form.get('_back'))
    const request = toRequest(form)
    if (request === undefined) return c.text('Not a form of this panel', 422)
    const answer = await controls.fetch(request)
    if (answer.ok) return c.redirect(back, 303)
    return c.html(refusal(await answer.text(), back), 422, PAGE_HEADERS)
  })

  return app
}

function refusal(reason: string, back: string): Html {
  return page(
    "That didn't work",
    html`
      <h1>That didn't work</h1>
      <pre tabindex="0">${reason}</pre>
      <p><a href="${back}">Back to the panel</a></p>
    `,
  )
}

/** Only a path of this server, so that the form is not an open redirect. */
function backOf(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/'
}

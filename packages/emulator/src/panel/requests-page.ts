/** The Requests tab: the request log, newest first. */
import { html } from 'hono/html'
import { isError, type LogEntry, type RequestLog } from '../http/request-log.ts'
import type { Html } from '../pages/layout.ts'
import { maskSecrets } from '../runtime/secrets.ts'
import { controlForm, type PanelContext } from './control.ts'

export interface LogFilter {
  readonly path: string
  readonly errors: boolean
  /** The ID of the entry whose secrets are shown. */
  readonly reveal: string
}

export function requestsPage(log: RequestLog, filter: LogFilter, context: PanelContext): Html {
  const entries = log
    .entries()
    .filter(({ path }) => path.includes(filter.path))
    .filter((entry) => !filter.errors || isError(entry))
  return html`
    <form method="get" action="/_panel/requests" class="fields">
      <label>Path <input name="path" value="${filter.path}" autocomplete="off" /></label>
      <label
        ><span>Only errors</span>
        <input type="checkbox" name="errors" value="1" ${filter.errors ? 'checked' : ''}
      /></label>
      <button>Filter</button>
      <button type="button" data-live hidden>Pause log</button>
    </form>
    <div class="bar">
      ${controlForm({ label: 'Clear log', method: 'DELETE', path: '/requests' }, context)}
      <p><a href="/_emulator/requests" download="requests.json">Download log</a></p>
    </div>
    <div id="log">
      ${
        entries.length === 0
          ? html`<p>No requests yet. Open the app and choose "Connect with Polar".</p>`
          : table(entries, filter.reveal, context.origin)
      }
    </div>
  `
}

function table(entries: readonly LogEntry[], reveal: string, origin: string): Html {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="Requests">
      <table>
        <thead>
          <tr>
            ${['Time', 'Method', 'Path', 'Status', 'Duration', 'Note'].map(
              (title) => html`<th scope="col">${title}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${entries.map((entry) => row(entry, reveal === String(entry.id), origin))}
        </tbody>
      </table>
    </div>
  `
}

function row(entry: LogEntry, revealed: boolean, origin: string): Html {
  const { id, time, method, path, status, duration_ms: duration, note } = entry
  const curl = curlOf(entry, origin)
  const shown = (text: string) => (revealed ? text : maskSecrets(text))
  return html`
    <tr id="request-${id}">
      <td>${time.slice(11, 19)}</td>
      <td>${method}</td>
      <td>
        <details ${revealed ? 'open' : ''}>
          <summary>${path}</summary>
          <pre tabindex="0">${shown(curl)}</pre>
          <pre tabindex="0">${shown(answerOf(entry))}</pre>
          <p><a href="/_panel/requests?reveal=${id}#request-${id}">Reveal</a></p>
          <button type="button" data-copy="${maskSecrets(curl)}" hidden>Copy as curl</button>
        </details>
      </td>
      <td>${status === 0 ? 'none' : status}</td>
      <td>${duration} ms</td>
      <td>${note ?? ''}</td>
    </tr>
  `
}

/** Omits the headers that `curl` sets itself. */
function curlOf(entry: LogEntry, origin: string): string {
  const { method, path, query, request_headers, request_body: body } = entry
  const own = new Set(['host', 'connection', 'content-length', 'accept-encoding'])
  const headers = Object.entries(request_headers)
    .filter(([name]) => !own.has(name) && !name.startsWith('sec-'))
    .map(([name, value]) => ` \\\n  -H '${name}: ${quoted(value)}'`)
  const data = body === '' ? '' : ` \\\n  --data-raw '${quoted(body)}'`
  return `curl -X ${method} '${origin}${path}${query}'${headers.join('')}${data}`
}

function quoted(text: string): string {
  return text.replaceAll("'", String.raw`'\''`)
}

/** The logged response, in the form of HTTP. */
function answerOf({ status, response_headers, response_body }: LogEntry): string {
  if (status === 0) return 'No answer'
  const headers = Object.entries(response_headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP ${status}`, ...headers, '', response_body].join('\n').trim()
}

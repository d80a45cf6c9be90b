/** A control of the panel: one HTTP call, shown as a form and as the same `curl` command. */
import { html } from 'hono/html'
import type { Html } from '../pages/layout.ts'

export interface Field {
  /** The member of the request body. */
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'number' | 'words' | 'flag'
  readonly value?: string
  readonly options?: readonly (readonly [value: string, label: string])[]
}

export interface Control {
  readonly label: string
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Relative to `/_emulator`. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly fields?: readonly Field[]
}

export interface PanelContext {
  readonly origin: string
  /** The page to return to. */
  readonly back: string
}

export function controlForm(control: Control, { origin, back }: PanelContext): Html {
  const { label, method, path, body, fields = [] } = control
  return html`
    <div class="control">
      <form method="post" action="/_panel/call">
        <input type="hidden" name="_method" value="${method}" />
        <input type="hidden" name="_path" value="${path}" />
        <input type="hidden" name="_back" value="${back}" />
        ${body === undefined ? '' : html`<input type="hidden" name="_body" value="${JSON.stringify(body)}" />`}
        ${fields.length === 0 ? '' : html`<div class="fields">${fields.map(fieldOf)}</div>`}
        <button>${label}</button>
      </form>
      <details>
        <summary>Show the HTTP call<span class="hidden">: ${label}</span></summary>
        <pre tabindex="0">${curlOf(control, origin)}</pre>
        <button type="button" data-copy="${curlOf(control, origin)}" hidden>Copy</button>
      </details>
    </div>
  `
}

function fieldOf({ name, label, kind, value = '', options }: Field): Html {
  const key = `${kind}:${name}`
  if (options !== undefined) {
    return html`<label
      >${label}
      <select name="${key}">
        ${options.map(
          ([choice, words]) =>
            html`<option value="${choice}" ${choice === value ? 'selected' : ''}>${words}</option>`,
        )}
      </select></label
    >`
  }
  if (kind === 'words') {
    return html`<label
      >${label} <textarea name="${key}" rows="2" autocomplete="off">${value}</textarea>
    </label>`
  }
  return html`<label
    >${label}
    <input
      name="${key}"
      value="${value}"
      ${kind === 'number' ? html`inputmode="decimal"` : html`autocomplete="off"`}
  /></label>`
}

function curlOf({ method, path, body, fields = [] }: Control, origin: string): string {
  const entries = fields.map(({ name, kind, value = '' }) => [name, valueOf(kind, value)] as const)
  const json = {
    ...body,
    ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
  }
  const call = `curl -X ${method} ${origin}/_emulator${path}`
  const quoted = JSON.stringify(json).replaceAll("'", String.raw`'\''`)
  return Object.keys(json).length === 0
    ? call
    : `${call} -H 'Content-Type: application/json' -d '${quoted}'`
}

const KINDS = ['text', 'number', 'words', 'flag'] as const

/** The call of a form. Undefined for a form that is not from the panel. */
export function toRequest(form: FormData): Request | undefined {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const [method, path] = [text('_method'), text('_path')]
  if (!['POST', 'PATCH', 'PUT', 'DELETE'].includes(method) || !path.startsWith('/'))
    return undefined
  const body = JSON.parse(text('_body') || '{}') as Record<string, unknown>
  for (const [key, value] of form) {
    const [kind, name] = key.split(':')
    if (name === undefined || typeof value !== 'string') continue
    const typed = valueOf(KINDS.find((known) => known === kind) ?? 'text', value)
    if (typed !== undefined) body[name] = typed
  }
  return new Request(`http://localhost/_emulator${path}`, { method, body: JSON.stringify(body) })
}

/** Undefined for an empty field: the body then omits it. */
function valueOf(kind: Field['kind'], text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (kind === 'number') return Number(trimmed)
  if (kind === 'flag') return trimmed === 'true'
  return kind === 'words' ? trimmed.split(/\s+/) : trimmed
}

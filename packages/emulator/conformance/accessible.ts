/** Looks at a page as axe does. Colours are not computed here: the journeys in a browser do that. */
import { createRequire } from 'node:module'
import axe from 'axe-core'

/** As much of the DOM as these tests ask: its library would take Node's own `Request` away. */
export interface PageElement {
  readonly id: string
  readonly textContent: string | null
  /** Of an input. */
  readonly name: string
  readonly value: string
  readonly parentElement: PageElement | null
  getAttribute(name: string): string | null
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement> & { readonly length: number }
}
export interface Page extends PageElement {
  readonly body: PageElement
}

interface PageWindow {
  readonly document: Page
  readonly axe: { run(page: Page, options: object): Promise<AxeResults> }
  eval(source: string): void
}
interface AxeResults {
  readonly violations: readonly { id: string; nodes: readonly { html: string }[] }[]
}

const { JSDOM, VirtualConsole } = createRequire(import.meta.url)('jsdom') as {
  JSDOM: new (html: string, options?: object) => { readonly window: PageWindow }
  VirtualConsole: new () => object
}

export function parsePage(html: string): Page {
  return new JSDOM(html).window.document
}

/** The rules that the page breaks, each with the markup that breaks it. */
export async function violationsOf(html: string): Promise<readonly string[]> {
  // A console of its own: axe asks for a canvas, which there is none of.
  const virtualConsole = new VirtualConsole()
  const { window } = new JSDOM(html, { runScripts: 'outside-only', virtualConsole })
  window.eval(axe.source)
  const { violations } = await window.axe.run(window.document, {
    rules: { 'color-contrast': { enabled: false } },
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

/** Checks a page with axe, without its colors: the browser tests check those. */
import { createRequire } from 'node:module'
import axe from 'axe-core'

/** The parts of the DOM that the tests use. The DOM library's types would replace Node's `Request`. */
export interface PageElement {
  readonly id: string
  readonly textContent: string | null
  /** For inputs. */
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

/** The rules that the page breaks, with the markup at fault. */
export async function violationsOf(html: string): Promise<readonly string[]> {
  // Without output: axe tries to use a canvas, which does not exist here.
  const virtualConsole = new VirtualConsole()
  const { window } = new JSDOM(html, { runScripts: 'outside-only', virtualConsole })
  window.eval(axe.source)
  const { violations } = await window.axe.run(window.document, {
    rules: { 'color-contrast': { enabled: false } },
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

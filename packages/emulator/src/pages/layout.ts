/** The frame of all pages of the emulator. The HTML works without scripts. */
import { html, raw } from 'hono/html'
import { SCRIPT } from './script.ts'

/** One string, because its hash in the content security policy includes every space. */
const SCRIPT_ELEMENT = raw(`<script>${SCRIPT}</script>`)

export type Html = ReturnType<typeof html>

const STYLE = `
:root { color-scheme: light dark; accent-color: var(--accent); --bg: light-dark(#fff, #0e1116); --surface: light-dark(#f7f8fa, #161a21);
  --text: light-dark(#12151c, #eef1f6); --muted: light-dark(#555e70, #a4adbd); --border: light-dark(#7b8497, #707b8d); --line: light-dark(#d5dae3, #2e3643);
  --accent: light-dark(#0050d6, #7db0ff); --on-accent: light-dark(#fff, #0a1020);
  --danger: light-dark(#b3201d, #ff8f8a); --warning: light-dark(#7a4b00, #f1b95b); --warning-bg: light-dark(#fdf3e0, #2c210c) }
* { box-sizing: border-box }
body { margin: 0; background: var(--surface); color: var(--text);
  font: 1rem/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }
.strip { margin: 0; padding: 8px 16px; background: var(--warning-bg); color: var(--warning); text-align: center; font-size: .875rem }
main { max-width: 560px; margin: 24px auto; padding: 24px; background: var(--bg); border: 1px solid var(--line); border-radius: 10px }
@media (width < 480px) { main { margin: 0; padding: 16px; border: 0; border-radius: 0 } body { background: var(--bg) } }
h1 { font-size: clamp(1.375rem, 1.1rem + 1vw, 1.75rem); line-height: 1.25; margin: 8px 0 16px; overflow-wrap: anywhere }
h2 { font-size: 1.125rem; margin: 24px 0 8px } h3 { font-size: .875rem; color: var(--muted); margin: 12px 0 4px }
p { margin: 8px 0 } .muted { color: var(--muted); font-size: .875rem }
ul { margin: 0; padding-inline-start: 20px } li { margin: 2px 0 }
fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0 } legend { padding: 0; font-weight: 600 }
.option { display: flex; gap: 12px; align-items: center; padding: 10px 12px; border: 1px solid var(--border); border-radius: 8px; margin: 8px 0; cursor: pointer }
.option:has(input:checked) { outline: 2px solid var(--accent); outline-offset: -1px }
.option span { min-inline-size: 0; overflow-wrap: anywhere } .option input { inline-size: 20px; block-size: 20px; flex: none }
.badge { display: inline-block; padding: 0 8px; border: 1px solid var(--warning); border-radius: 999px; color: var(--warning); font-size: .75rem }
.actions { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 24px } .actions button { flex: 1 } .actions form { display: flex; flex: 1; gap: 12px } .actions [role=status]:empty { display: none }
.steps { display: flex; gap: 24px; margin: 16px 0; padding: 0; list-style: none; color: var(--muted); font-size: .875rem } .steps [aria-current] { color: var(--text); font-weight: 600 }
button[aria-disabled=true] { opacity: .6 }
button, .button { min-block-size: 44px; padding: 8px 16px; border-radius: 6px; border: 1px solid var(--border); background: var(--bg); color: var(--text); font: inherit; font-weight: 600; cursor: pointer }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
button.wide { inline-size: 100%; margin: 4px 0; text-align: start }
button.link { min-block-size: 24px; padding: 0; border: 0; background: none; color: var(--accent); text-decoration: underline; font-weight: 400 }
input:not([type=radio],[type=checkbox]), select, textarea { max-inline-size: 100%; min-block-size: 44px; padding: 8px 12px; border: 1px solid var(--border); border-radius: 6px; background: var(--bg); color: var(--text); font: inherit }
input[type=text]:only-of-type { inline-size: 100% }
a { color: var(--accent) } pre { overflow-x: auto; padding: 12px; background: var(--surface); border-radius: 6px; font-size: .875rem }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
code { overflow-wrap: anywhere } [hidden] { display: none !important }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
.app { display: flex; gap: 12px; align-items: center; margin-block-end: 16px } .app p { margin: 0; min-inline-size: 0; overflow-wrap: anywhere }
.avatar { display: inline-grid; place-items: center; inline-size: 40px; block-size: 40px; flex: none; border-radius: 8px; background: var(--surface); border: 1px solid var(--border); font-size: .875rem; font-weight: 600 }
.summary { padding: 12px; border: 2px solid var(--danger); border-radius: 8px; margin: 12px 0 } .summary a { color: var(--danger); font-weight: 600 }
.choices { margin-inline-start: 24px } form:has([name=which][value=all]:checked) .choices { display: none }
main.wide { max-width: 1100px } .muted { overflow-wrap: anywhere }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; list-style: none; border-block-end: 1px solid var(--line) }
nav a { display: inline-block; padding: 8px 0; min-block-size: 24px } nav [aria-current] { font-weight: 600; color: var(--text); border-block-end: 3px solid var(--accent) }
.bar { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center } .bar p:first-child { margin-inline-end: auto }
.controls { display: flex; flex-wrap: wrap; gap: 12px 24px; align-items: flex-start } .control { max-inline-size: 100%; min-inline-size: 0 } .control form { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end }
.scroll + .control { margin-block-start: 16px }
.fields { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; min-inline-size: 0 } .fields label { display: grid; gap: 4px; font-size: .875rem; max-inline-size: 100% }
.fields label:has([type=checkbox]) { display: flex; align-items: center; min-block-size: 44px } .fields label:has(textarea) { inline-size: 32rem } [type=checkbox] { inline-size: 20px; block-size: 20px }
details { font-size: .875rem } summary { cursor: pointer; min-block-size: 24px; padding: 4px 0; color: var(--accent) } details pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0 }
.scroll { overflow-x: auto; position: relative } table { border-collapse: collapse; inline-size: 100%; font-size: .875rem } th, td { text-align: start; vertical-align: top; padding: 8px; border-block-end: 1px solid var(--line) } .card { padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; margin: 12px 0 }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 12px; margin: 12px 0 } .cards .card { margin: 0; min-inline-size: 0 } .card h3 { margin-block-start: 0; color: var(--text); font-size: 1rem; overflow-wrap: anywhere }
[aria-invalid=true] .option { border-color: var(--danger) }
`

/** Inline, so that browsers do not request `/favicon.ico`, which Polar's API does not have. */
const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#0050d6"/></svg>')}`

export function page(title: string, content: Html, options: { wide?: boolean } = {}): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="${ICON}" />
        <title>${title} · Polar emulator</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header class="strip">Local emulator. Not the real Polar.</header>
        <main ${options.wide === true ? html`class="wide"` : ''}>${content}</main>
        ${SCRIPT_ELEMENT}
      </body>
    </html>`
}

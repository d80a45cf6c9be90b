/** The script of the pages. Without it, all pages still work, with more clicks. */
import { createHash } from 'node:crypto'

/** One script with one hash for all pages. `data-` attributes switch its parts on. */
export const SCRIPT = `
for (const form of document.querySelectorAll('form[data-returning]')) {
  form.addEventListener('submit', () => setTimeout(() => {
    for (const button of form.querySelectorAll('button')) button.disabled = true
    form.querySelector('[role=status]').textContent = form.dataset.returning
  }))
}
addEventListener('pageshow', (event) => {
  if (event.persisted) for (const button of document.querySelectorAll('button')) button.disabled = false
})
for (const form of document.querySelectorAll('form[data-choose]')) {
  const [button, reason] = [form.querySelector('button'), form.querySelector('#choose-first')]
  const all = form.querySelector('[name=which]')
  const look = () => {
    const missing = !form.querySelector('input:checked')
    reason.hidden = !missing
    button.setAttribute('aria-disabled', missing)
    if (missing) button.setAttribute('aria-describedby', reason.id)
    else button.removeAttribute('aria-describedby')
  }
  form.addEventListener('change', ({ target }) => {
    if (all && target === all && all.checked) {
      for (const one of form.querySelectorAll('[name=organizations]')) one.checked = false
    } else if (all && target.checked) all.checked = false
    look()
  })
  look()
}
for (const search of document.querySelectorAll('[data-search]')) {
  search.hidden = false
  search.querySelector('input').addEventListener('input', ({ target }) => {
    for (const option of document.querySelectorAll('.option[data-name]')) {
      option.hidden = !(option.dataset.name ?? '').toLowerCase().includes(target.value.toLowerCase())
    }
  })
}
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.textContent = 'Copied'
  })
}
const log = document.querySelector('[data-live]')
if (log) {
  let paused = false
  log.hidden = false
  log.addEventListener('click', () => {
    paused = !paused
    log.textContent = paused ? 'Resume log' : 'Pause log'
  })
  setInterval(async () => {
    const rows = document.querySelector('#log')
    if (paused || document.hidden || rows.contains(document.activeElement) || rows.querySelector('[open]')) return
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
    rows.replaceWith(page.querySelector('#log'))
  }, 2000)
}
`

const hash = createHash('sha256').update(SCRIPT).digest('base64')

/** No `form-action`, because the consent form redirects to any registered address. */
export const PAGE_HEADERS = {
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src http: https: data:; connect-src 'self'; frame-ancestors 'none'`,
} as const

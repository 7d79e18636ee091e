import { html, type Html } from '#sandbox/pages/html'

const SECTIONS = [
  { path: '/', title: 'Chat' },
  { path: '/pay', title: 'Payments' },
  { path: '/fragment-desk', title: 'Fragment' },
  { path: '/chain', title: 'Chain' },
  { path: '/faults', title: 'Faults' },
]

export interface PageContent {
  title: string
  /** which section is marked in the navigation */
  section: string
  body: Html
  /** seconds after which the page loads itself again, while something is under way */
  refresh?: number
}

/** A page of the sandbox that works without JavaScript. */
export function layout({ title, section, body, refresh }: PageContent): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${refresh && html`<meta http-equiv="refresh" content="${refresh}" />`}
        <title>${title} · Sandbox</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/theme.css" />
        <link rel="stylesheet" href="/desk.css" />
        <script type="module" src="/desk.js"></script>
      </head>
      <body class="desk">
        <header class="desk-head">
          <p class="desk-brand"><a href="/">Sandbox</a></p>
          ${navigation(section)}
        </header>
        <main class="desk-main">${body}</main>
      </body>
    </html>`
  return page.text
}

function navigation(section: string): Html {
  const links = SECTIONS.map(
    ({ path, title }) => html`<a href="${path}" ${title === section && html`aria-current="page"`}>${title}</a>`
  )
  return html`<nav class="desk-nav" aria-label="Sandbox">${links}</nav>`
}

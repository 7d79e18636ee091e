/** Parts of the page that the server draws again from the form as it stands; each element's id is `fragment-<name>`. */
export class Fragments {
  readonly #running = new Map<string, AbortController>()

  constructor(
    readonly form: HTMLFormElement,
    readonly onReplaced: (elements: HTMLElement[], answer: Document) => void,
    readonly onFailed: () => void
  ) {}

  /** Posts the form with an intent and replaces the named parts. A later request for the same parts wins. */
  async request(intent: string, names: string[], { withFile }: { withFile?: HTMLInputElement } = {}) {
    const key = names.join(' ')
    const controller = new AbortController()
    if (!withFile && intent === 'refresh') {
      this.#running.get(key)?.abort()
      this.#running.set(key, controller)
    }
    try {
      const response = await fetch(this.form.action, {
        method: 'POST',
        body: this.#body(intent, withFile),
        headers: { 'X-Fragments': names.join(' '), 'X-Requested-With': 'XMLHttpRequest', Accept: 'text/html' },
        signal: controller.signal,
      })
      if (!response.ok && response.status !== 422) return this.onFailed()
      this.#replace(await response.text(), names)
    } catch (error) {
      if ((error as Error).name !== 'AbortError') this.onFailed()
    }
  }

  /** Files are sent only when one was just chosen: what is stored already is named by its key. */
  #body(intent: string, withFile?: HTMLInputElement) {
    const body = new FormData(this.form)
    for (const input of this.form.querySelectorAll<HTMLInputElement>('input[type=file]')) {
      if (input !== withFile) body.delete(input.name)
    }
    body.set('intent', intent)
    return body
  }

  #replace(html: string, names: string[]) {
    const parsed = new DOMParser().parseFromString(html, 'text/html')
    const replaced = names.flatMap((name) => {
      const current = document.getElementById(`fragment-${name}`)
      const fresh = parsed.getElementById(`fragment-${name}`)
      if (!current || !fresh) return []
      const focused = current.contains(document.activeElement) ? pathOf(document.activeElement!) : null
      const adopted = document.importNode(fresh, true)
      current.replaceWith(adopted)
      if (focused) adopted.querySelector<HTMLElement>(focused)?.focus()
      return [adopted]
    })
    this.onReplaced(replaced, parsed)
  }
}

/** Finds the control again after its part was drawn anew. */
function pathOf(element: Element) {
  const name = element.getAttribute('name')
  if (!name) return element.id ? `#${CSS.escape(element.id)}` : null
  const value = element.matches('button, input[type=radio]')
    ? `[value="${CSS.escape(element.getAttribute('value')!)}"]`
    : ''
  return `[name="${CSS.escape(name)}"]${value}`
}

import type { Editor } from '@tiptap/core'
import { isTelegramLink } from './telegram_kit.js'

/** `example.com` as typed by a person is meant as a web address. */
const withScheme = (text: string) => (/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`)

/** The row under the toolbar in which a link's address is written. Not a form: it stands inside the broadcast's. */
export class LinkForm {
  readonly #address: HTMLInputElement
  readonly #error: HTMLElement

  constructor(
    readonly root: HTMLElement,
    readonly editor: Editor
  ) {
    this.#address = root.querySelector<HTMLInputElement>('[data-link-address]')!
    this.#error = root.querySelector<HTMLElement>('[data-link-error]')!
    root.querySelector('[data-link-apply]')!.addEventListener('click', () => this.#apply())
    root.querySelector('[data-link-remove]')!.addEventListener('click', () => this.#remove())
    root.querySelector('[data-link-cancel]')!.addEventListener('click', () => this.close())
    this.#address.addEventListener('keydown', (event) => this.#onKey(event))
  }

  open() {
    this.root.hidden = false
    this.#fail(false)
    this.#address.value = (this.editor.getAttributes('link').href as string | undefined) ?? ''
    this.#address.focus()
    this.#address.select()
  }

  close() {
    this.root.hidden = true
    this.editor.commands.focus()
  }

  #apply() {
    const href = withScheme(this.#address.value.trim())
    if (!isTelegramLink(href)) return this.#fail(true)
    const chain = this.editor.chain().focus().extendMarkRange('link')
    if (this.editor.state.selection.empty && !this.editor.isActive('link')) {
      chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run()
    } else {
      chain.setLink({ href }).run()
    }
    this.root.hidden = true
  }

  #remove() {
    this.editor.chain().focus().extendMarkRange('link').unsetLink().run()
    this.root.hidden = true
  }

  #fail(failed: boolean) {
    this.#error.hidden = !failed
    this.#address.classList.toggle('is-invalid', failed)
    this.#address.setAttribute('aria-invalid', String(failed))
  }

  #onKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    if (event.key === 'Enter') this.#apply()
    else this.close()
  }
}

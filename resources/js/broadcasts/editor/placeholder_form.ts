import type { Editor } from '@tiptap/core'

/** The row under the toolbar from which a placeholder is inserted, with what stands for customers without it. */
export class PlaceholderForm {
  readonly #fallback: HTMLInputElement

  constructor(
    readonly root: HTMLElement,
    readonly editor: Editor
  ) {
    this.#fallback = root.querySelector<HTMLInputElement>('[data-placeholder-fallback]')!
    for (const button of root.querySelectorAll<HTMLElement>('[data-placeholder-name]')) {
      button.addEventListener('click', () => this.#insert(button.dataset.placeholderName!))
    }
    root.addEventListener('keydown', (event) => this.#onKey(event))
  }

  toggle() {
    this.root.hidden = !this.root.hidden
    if (!this.root.hidden) this.root.querySelector<HTMLElement>('[data-placeholder-name]')?.focus()
  }

  #insert(name: string) {
    const fallback = this.#fallback.value.replace(/[{}<>|\n]/g, '').trim()
    this.editor.chain().focus().insertPlaceholder(name, fallback).run()
    this.#fallback.value = ''
    this.root.hidden = true
  }

  #onKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && event.target === this.#fallback) event.preventDefault()
    if (event.key !== 'Escape') return
    this.root.hidden = true
    this.editor.commands.focus()
  }
}

import type { Editor } from '@tiptap/core'

/** Shown while the cursor is in a code block: its language, which Telegram's clients colour it by. */
export class CodeForm {
  readonly #language: HTMLInputElement

  constructor(
    readonly root: HTMLElement,
    readonly editor: Editor
  ) {
    this.#language = root.querySelector<HTMLInputElement>('[data-code-language]')!
    this.#language.addEventListener('input', () => this.#apply())
    this.#language.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return
      event.preventDefault()
      editor.commands.focus()
    })
    editor.on('selectionUpdate', () => this.#refresh())
    editor.on('update', () => this.#refresh())
  }

  #apply() {
    const language = this.#language.value.replace(/[^\w#+.-]/g, '') || null
    this.editor.commands.updateAttributes('codeBlock', { language })
  }

  #refresh() {
    this.root.hidden = !this.editor.isActive('codeBlock')
    if (document.activeElement === this.#language) return
    this.#language.value = (this.editor.getAttributes('codeBlock').language as string | null) ?? ''
  }
}

import { MessageEditor } from '../editor/message_editor.js'
import { CodeForm } from '../editor/code_form.js'
import { LinkForm } from '../editor/link_form.js'
import { PlaceholderForm } from '../editor/placeholder_form.js'
import { connectToolbar } from '../editor/toolbar.js'
import { telegramLength } from '../markup/length.js'
import { parseTelegramHtml } from '../markup/parse.js'

type Mode = 'visual' | 'html' | 'markdown'

export interface MessageFieldHooks {
  onChange: (field: MessageField) => void
  openEmoji: (field: MessageField, button: HTMLElement) => void
  /** Rewrites a source in another syntax; null, with the reason shown, when it can't be. */
  convert: (field: MessageField, to: 'html' | 'markdown') => Promise<string | null>
}

/** The text of one language: the visual editor, or its source as HTML or Markdown. The textarea is what is posted. */
export class MessageField {
  readonly path: string
  readonly locale: string
  readonly textarea: HTMLTextAreaElement
  readonly #mode: HTMLSelectElement
  readonly #surface: HTMLElement
  readonly #toolbar: HTMLElement
  readonly #placeholders: string[]
  #editor: MessageEditor | null = null
  #shown: Mode = 'html'

  constructor(
    readonly root: HTMLElement,
    readonly hooks: MessageFieldHooks
  ) {
    this.path = root.dataset.editor!
    this.locale = root.dataset.locale!
    this.#placeholders = root.dataset.placeholders?.split(' ').filter(Boolean) ?? []
    this.textarea = root.querySelector<HTMLTextAreaElement>('[data-source]')!
    this.#mode = root.querySelector<HTMLSelectElement>('[data-mode]')!
    this.#surface = root.querySelector<HTMLElement>('[data-surface]')!
    this.#toolbar = root.querySelector<HTMLElement>('[data-toolbar]')!
    this.#offerVisualMode()
    this.#shown = this.#mode.value as Mode
    this.textarea.addEventListener('input', () => hooks.onChange(this))
    this.#mode.addEventListener('change', () => this.#switchTo(this.#chosenMode))
    if (this.#shown === 'html') this.#showVisual()
  }

  get isVisual() {
    return this.#shown === 'visual'
  }

  /** Null when only the server can tell: Markdown, or a source that is not correct. */
  get length(): number | null {
    if (this.isVisual) return this.#editor!.length
    if (this.#shown === 'markdown') return null
    try {
      return telegramLength(parseTelegramHtml(this.textarea.value))
    } catch {
      return null
    }
  }

  get isEmpty() {
    return !this.textarea.value.trim()
  }

  /** Where the cursor was; the focus stays where it is. */
  insertText(text: string) {
    if (this.isVisual) this.#editor!.tiptap.chain().insertContent({ type: 'text', text }).run()
    else this.textarea.setRangeText(text, this.textarea.selectionStart, this.textarea.selectionEnd, 'end')
  }

  focus() {
    if (this.isVisual) this.#editor!.tiptap.commands.focus()
    else this.textarea.focus()
  }

  get #chosenMode() {
    return this.#mode.selectedOptions[0].dataset.mode as Mode
  }

  #offerVisualMode() {
    const option = this.#mode.querySelector<HTMLOptionElement>('[data-mode=visual]')!
    option.hidden = false
    option.disabled = false
  }

  async #switchTo(mode: Mode) {
    const from = this.#shown === 'markdown' ? 'markdown' : 'html'
    const to = mode === 'markdown' ? 'markdown' : 'html'
    if (from !== to && !this.isEmpty) {
      const converted = await this.hooks.convert(this, to)
      if (converted === null) return this.#select(this.#shown)
      this.textarea.value = converted
    }
    if (mode === 'visual') this.#showVisual()
    else this.#showSource(mode)
    this.hooks.onChange(this)
  }

  #showVisual() {
    this.#editor ??= this.#createEditor()
    if (this.#editor.load()) return this.#showSource('html')
    this.#show('visual')
  }

  #showSource(mode: Mode) {
    this.#show(mode)
    this.root.closest('.message-variant')?.classList.toggle('shows-source', true)
  }

  #show(mode: Mode) {
    this.#shown = mode
    const isVisual = mode === 'visual'
    this.#surface.hidden = !isVisual
    this.#toolbar.hidden = !isVisual
    this.textarea.hidden = isVisual
    this.root.closest('.message-variant')?.classList.toggle('shows-source', !isVisual)
    if (!isVisual) for (const row of this.root.querySelectorAll<HTMLElement>('.editor-row')) row.hidden = true
    this.#select(mode)
  }

  #select(mode: Mode) {
    for (const option of this.#mode.options) option.selected = option.dataset.mode === mode
  }

  #createEditor() {
    const editor = new MessageEditor({
      surface: this.#surface,
      textarea: this.textarea,
      placeholders: this.#placeholders,
      onChange: () => this.hooks.onChange(this),
    })
    connectToolbar(this.#toolbar, editor.tiptap)
    const part = (name: string) => this.root.querySelector<HTMLElement>(`[data-${name}-form]`)!
    const link = new LinkForm(part('link'), editor.tiptap)
    const placeholder = new PlaceholderForm(part('placeholder'), editor.tiptap)
    new CodeForm(part('code'), editor.tiptap)
    this.#onTool('link', () => link.open())
    this.#surface.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      link.open()
    })
    this.#onTool('placeholder', () => placeholder.toggle())
    this.#onTool('emoji', (button) => this.hooks.openEmoji(this, button))
    return editor
  }

  #onTool(command: string, work: (button: HTMLElement) => void) {
    const button = this.#toolbar.querySelector<HTMLElement>(`[data-command="${command}"]`)
    button?.addEventListener('click', () => work(button))
  }
}

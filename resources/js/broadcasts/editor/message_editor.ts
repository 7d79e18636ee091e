import { Editor } from '@tiptap/core'
import { plainText, telegramLength } from '../markup/length.js'
import { parseTelegramHtml } from '../markup/parse.js'
import { serializeTelegramHtml } from '../markup/serialize.js'
import { MarkupError } from '../markup/tokens.js'
import type { TelegramDocument } from '../markup/document.js'
import { cleanPastedHtml } from './paste.js'
import { linesToSlice, selectedText } from './plain_text.js'
import { telegramKit } from './telegram_kit.js'

interface Options {
  surface: HTMLElement
  textarea: HTMLTextAreaElement
  placeholders: readonly string[]
  onChange: () => void
}

/** The visual editor over a textarea that holds the same text as Telegram HTML and is what the form posts. */
export class MessageEditor {
  readonly tiptap: Editor
  readonly #textarea: HTMLTextAreaElement
  readonly #placeholders: readonly string[]

  constructor({ surface, textarea, placeholders, onChange }: Options) {
    this.#textarea = textarea
    this.#placeholders = placeholders
    this.tiptap = new Editor({
      element: surface,
      extensions: telegramKit(placeholders),
      injectCSS: false,
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-labelledby': surface.getAttribute('aria-labelledby') ?? '',
          lang: textarea.lang,
          class: 'message-editor-content',
        },
        transformPastedHTML: cleanPastedHtml,
        clipboardTextParser: (text, context) => linesToSlice(text, context),
        clipboardTextSerializer: (slice) => selectedText(slice),
      },
      onUpdate: ({ transaction }) => {
        if (transaction.docChanged) {
          this.#textarea.value = this.html
          onChange()
        }
      },
    })
  }

  get document() {
    return this.tiptap.getJSON() as TelegramDocument
  }

  get html() {
    return serializeTelegramHtml(this.document)
  }

  get length() {
    return telegramLength(this.document)
  }

  get isEmpty() {
    return !plainText(this.document).trim()
  }

  /** Reads the textarea; refuses a text that Telegram would refuse, so that nothing of it is lost. */
  load(): MarkupError | null {
    try {
      const document = parseTelegramHtml(this.#textarea.value, this.#placeholders)
      this.tiptap.commands.setContent(document, { emitUpdate: false })
      return null
    } catch (error) {
      if (error instanceof MarkupError) return error
      throw error
    }
  }
}

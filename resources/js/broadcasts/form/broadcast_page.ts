import { EmojiPicker } from '../emoji/picker.js'
import { parseTelegramHtml } from '../markup/parse.js'
import { toMarkdown } from '../markup/to_markdown.js'
import { connectAudience } from './audience.js'
import { connectButtonKinds } from './buttons.js'
import { connectImage } from './image.js'
import { Counter } from './counter.js'
import { debounce } from './debounce.js'
import { Fragments } from './fragments.js'
import { MessageField } from './message_field.js'
import { connectSchedule } from './schedule.js'
import { connectTabs } from './tabs.js'
import { guardUnsaved } from './unsaved.js'

const TYPING_PAUSE = 400
/** Counting looks at every customer: it waits until the text rests. */
const RESTING_PAUSE = 2500

/** Intents whose answer is drawn into the page: they change the form, not the broadcast. */
const PARTS: Array<[RegExp, (match: RegExpMatchArray) => string[]]> = [
  [/^(add_condition|remove_condition:\d+)$/, () => ['audience', 'counts', 'preview']],
  [/^another_customer$/, () => ['preview']],
  [/^refresh$/, () => ['counts', 'preview']],
  [/^share_image:/, () => ['preview', ...allImages()]],
  [/^(?:add|remove)_button:(\w+):(\w)/, ([, locale, variant]) => [`buttons-${locale}-${variant}`, 'preview']],
  [/^remove_image:(\w+):(\w)$/, ([, locale, variant]) => [`image-${locale}-${variant}`, 'preview']],
]

const allImages = () =>
  [...document.querySelectorAll('[data-image]')].map((block) => block.id.replace(/^fragment-/, ''))

/** The form of a broadcast comes alive: editors, live count and preview. The server draws; this only asks it to. */
export class BroadcastPage {
  readonly #fragments: Fragments
  readonly #fields = new Map<string, MessageField>()
  readonly #counters = new Map<string, Counter>()
  readonly #refreshPreview: () => void
  readonly #refreshAudience: () => void
  readonly #refreshCounts: () => void
  readonly #markChanged: () => void
  #picker: EmojiPicker | null = null
  #pickingFor: MessageField | null = null

  constructor(readonly form: HTMLFormElement) {
    this.#fragments = new Fragments(
      form,
      (elements, answer) => this.#onReplaced(elements, answer),
      () => this.#onFailed()
    )
    this.#refreshPreview = debounce(() => this.#fragments.request('refresh', ['preview']), TYPING_PAUSE)
    this.#refreshCounts = debounce(() => this.#countNow(), RESTING_PAUSE)
    this.#refreshAudience = debounce(() => this.#fragments.request('refresh', ['counts', 'preview']), TYPING_PAUSE)
    this.#markChanged = guardUnsaved(form)

    this.#connectEditors()
    this.#connectTabs()
    this.#connectParts(form)
    this.#connectForm()
    if (form.querySelector('[data-schedule-date]')) {
      connectSchedule(form, () => this.#fragments.request('refresh', ['schedule-button']))
    }
    this.#countNow()
  }

  /** A correction of what was sent has no audience to count. */
  #countNow() {
    if (this.form.querySelector('[data-counts]')) void this.#fragments.request('refresh', ['counts'])
  }

  #connectEditors() {
    for (const root of this.form.querySelectorAll<HTMLElement>('[data-editor]')) {
      this.#counters.set(root.dataset.editor!, new Counter(root))
      const field = new MessageField(root, {
        onChange: (changed) => this.#onText(changed),
        openEmoji: (target) => this.#openEmoji(target),
        convert: (target, to) => this.#convert(target, to),
      })
      this.#fields.set(field.path, field)
      this.#counters.get(field.path)!.show(field)
    }
  }

  #connectTabs() {
    const active = this.form.querySelector<HTMLInputElement>('[data-active-locale]')!
    connectTabs(this.form.querySelector<HTMLElement>('[data-tabs]')!, (locale) => {
      if (active.value === locale) return
      active.value = locale
      this.#picker?.close()
      void this.#fragments.request('refresh', ['preview'])
    })
  }

  /** Everything that the server may draw anew. */
  #connectParts(root: ParentNode) {
    const parts = (selector: string) => [
      ...(root instanceof HTMLElement && root.matches(selector) ? [root] : []),
      ...root.querySelectorAll<HTMLElement>(selector),
    ]
    for (const part of parts('[data-audience]')) {
      connectAudience(part)
      part.addEventListener('input', this.#refreshAudience)
    }
    for (const part of parts('[data-image]'))
      connectImage(part, this.form.dataset.tooLarge ?? '', (input) => this.#upload(input, part))
    for (const part of parts('.message-buttons')) {
      connectButtonKinds(part)
      part.addEventListener('input', this.#refreshPreview)
    }
  }

  #connectForm() {
    const variant = this.form.querySelector<HTMLInputElement>('[data-active-variant]')!
    this.form.addEventListener('focusin', (event) => {
      const shown = (event.target as Element).closest<HTMLElement>('[data-variant]')?.dataset.variant
      if (!shown || shown === variant.value) return
      variant.value = shown
      void this.#fragments.request('refresh', ['preview'])
    })
    this.form.addEventListener('input', this.#markChanged)
    this.form.addEventListener('submit', (event) => this.#onSubmit(event))
    this.form.querySelector<HTMLInputElement>('[data-test-switch]')?.addEventListener('change', (event) => {
      this.#showVariants((event.target as HTMLInputElement).checked)
    })
  }

  #onSubmit(event: SubmitEvent) {
    const intent = (event.submitter as HTMLButtonElement | null)?.value ?? ''
    const found = PARTS.map(([pattern, names]) => ({ match: intent.match(pattern), names })).find(({ match }) => match)
    if (!found) return
    event.preventDefault()
    if (intent !== 'another_customer' && intent !== 'refresh') this.#markChanged()
    void this.#fragments.request(intent, found.names(found.match!))
  }

  #onText(field: MessageField) {
    this.#markChanged()
    this.#counters.get(field.path)!.show(field)
    const missing = this.form.querySelector<HTMLElement>(`[data-missing="${field.locale}"]`)
    if (missing) missing.hidden = [...this.#fields.values()].some((one) => one.locale === field.locale && !one.isEmpty)
    this.#refreshPreview()
    this.#refreshCounts()
  }

  #onReplaced(elements: HTMLElement[], answer: Document) {
    for (const element of elements) {
      this.#connectParts(element)
      const { measured, length } = element.dataset
      if (measured && length) this.#counters.get(measured)?.measured(Number(length))
    }
    const longest = answer.getElementById('fragment-longest')
    if (longest) this.#counters.get(longest.dataset.measured!)?.longest(longest.textContent!.trim())
    if (answer.getElementById('fragment-counts')) this.#markCounted()
    for (const [path, field] of this.#fields) this.#counters.get(path)!.show(field)
    this.#note('')
  }

  #markCounted() {
    const note = this.form.querySelector<HTMLElement>('[data-counted]')
    const isCounted = this.form.querySelector('[data-counts] dl') !== null
    if (note) note.hidden = !isCounted
  }

  #onFailed() {
    this.#note(this.form.dataset.failed ?? '')
  }

  #note(text: string) {
    const note = this.form.querySelector<HTMLElement>('[data-refresh-note]')
    if (note) note.textContent = text
  }

  async #upload(input: HTMLInputElement, block: HTMLElement) {
    this.#markChanged()
    await this.#fragments.request('refresh', [block.id.replace(/^fragment-/, ''), 'preview'], { withFile: input })
  }

  #showVariants(isTest: boolean) {
    for (const element of this.form.querySelectorAll<HTMLElement>('[data-variant="B"], [data-variant-title]')) {
      element.hidden = !isTest
    }
    this.#refreshPreview()
  }

  #openEmoji(field: MessageField) {
    const root = document.querySelector<HTMLElement>('[data-emoji-picker]')!
    this.#picker ??= new EmojiPicker(
      root,
      (emoji) => this.#pickingFor?.insertText(emoji),
      () => this.#pickingFor?.focus()
    )
    if (this.#picker.isOpen) return this.#picker.close()
    this.#pickingFor = field
    field.root.querySelector('.editor-bar')!.after(root)
    void this.#picker.open(field.locale)
  }

  /** To HTML the server reads Markdown; to Markdown we write it and let the server read it back. */
  async #convert(field: MessageField, to: 'html' | 'markdown'): Promise<string | null> {
    const source = field.textarea.value
    if (to === 'html') return this.#readMarkdown(source)
    try {
      const markdown = toMarkdown(parseTelegramHtml(source))
      const same = (await this.#readMarkdown(markdown)) === (await this.#read(source, 'html'))
      if (same) return markdown
    } catch {
      return null
    }
    this.#note(this.form.dataset.markdownLossy ?? '')
    return null
  }

  #readMarkdown(source: string) {
    return this.#read(source, 'markdown')
  }

  async #read(source: string, format: 'html' | 'markdown'): Promise<string | null> {
    const token = this.form.querySelector<HTMLInputElement>('input[name=_csrf]')!.value
    const response = await fetch(this.form.dataset.markup!, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token, source, format }),
      headers: { Accept: 'application/json' },
    })
    if (!response.ok) return null
    return ((await response.json()) as { html: string }).html
  }
}

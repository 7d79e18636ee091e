import { loadEmoji } from './data.js'
import { recentEmoji, rememberEmoji } from './recent.js'
import { searchEmoji, type Emoji } from './search.js'

const RECENT = 'recent'
const MAX_RESULTS = 200

/**
 * Fills the picker that the page brings (its words are the page's): search, groups, a grid one walks with the arrow
 * keys. Made of ordinary elements and classes, since ready-made pickers carry inline styles that the CSP forbids.
 */
export class EmojiPicker {
  readonly #search: HTMLInputElement
  readonly #grid: HTMLElement
  readonly #groups: HTMLElement[]
  #emoji: Emoji[] = []
  #locale = ''
  #group = RECENT

  constructor(
    readonly root: HTMLElement,
    readonly onPick: (emoji: string) => void,
    readonly onClose: () => void
  ) {
    this.#search = root.querySelector<HTMLInputElement>('[data-emoji-search]')!
    this.#grid = root.querySelector<HTMLElement>('[data-emoji-grid]')!
    this.#groups = [...root.querySelectorAll<HTMLElement>('[data-emoji-group]')]
    this.#search.addEventListener('input', () => this.#locale && this.#show())
    this.#grid.addEventListener('click', (event) => this.#pick(event.target))
    root.addEventListener('keydown', (event) => this.#walk(event))
    for (const group of this.#groups) group.addEventListener('click', () => this.#open(group.dataset.emojiGroup!))
  }

  get isOpen() {
    return !this.root.hidden
  }

  async open(locale: string) {
    this.root.hidden = false
    this.#search.value = ''
    this.#search.focus()
    if (locale !== this.#locale) {
      this.#grid.replaceChildren(message(this.root.dataset.loading))
      try {
        this.#emoji = await loadEmoji(locale)
        this.#locale = locale
      } catch {
        this.#grid.replaceChildren(message(this.root.dataset.failed))
        return
      }
    }
    // What was typed while they came is searched for.
    this.#group = recentEmoji().length ? RECENT : '0'
    this.#show()
  }

  close() {
    this.root.hidden = true
    this.onClose()
  }

  #open(group: string) {
    this.#group = group
    this.#search.value = ''
    this.#show()
  }

  #show() {
    const query = this.#search.value.trim()
    for (const group of this.#groups) {
      group.setAttribute('aria-pressed', String(!query && group.dataset.emojiGroup === this.#group))
    }
    const shown = query ? searchEmoji(this.#emoji, query).slice(0, MAX_RESULTS) : this.#ofGroup()
    this.#grid.replaceChildren(...(shown.length ? shown.map(emojiButton) : [message(this.root.dataset.empty)]))
    this.#grid.querySelector('button')?.setAttribute('tabindex', '0')
    this.#grid.scrollTop = 0
  }

  #ofGroup(): Emoji[] {
    if (this.#group !== RECENT) return this.#emoji.filter(({ group }) => String(group) === this.#group)
    return recentEmoji().flatMap((recent) => this.#emoji.find(({ emoji }) => emoji === recent) ?? [])
  }

  #pick(target: EventTarget | null) {
    const emoji = (target as Element | null)?.closest<HTMLElement>('[data-emoji]')?.dataset.emoji
    if (!emoji) return
    rememberEmoji(emoji)
    this.onPick(emoji)
  }

  #walk(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.preventDefault()
      return this.close()
    }
    const buttons = [...this.#grid.querySelectorAll('button')]
    const current = buttons.indexOf(document.activeElement as HTMLButtonElement)
    if (current === -1) {
      if (event.key !== 'ArrowDown' || document.activeElement !== this.#search) return
      event.preventDefault()
      return focusOnly(buttons, buttons[0])
    }
    const columns = buttons.filter(({ offsetTop }) => offsetTop === buttons[0].offsetTop).length
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (!step) return
    event.preventDefault()
    if (current + step < 0) this.#search.focus()
    else focusOnly(buttons, buttons[current + step])
  }
}

function emojiButton({ emoji, annotation }: Emoji) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'emoji-picker-item'
  button.dataset.emoji = emoji
  button.textContent = emoji
  button.title = annotation
  button.setAttribute('aria-label', annotation)
  button.tabIndex = -1
  return button
}

function message(text: string | undefined) {
  const paragraph = document.createElement('p')
  paragraph.className = 'emoji-picker-message'
  paragraph.textContent = text ?? ''
  return paragraph
}

/** One stop of the Tab key for the whole grid. */
function focusOnly(buttons: HTMLButtonElement[], target: HTMLButtonElement | undefined) {
  if (!target) return
  for (const button of buttons) button.tabIndex = button === target ? 0 : -1
  target.focus()
}

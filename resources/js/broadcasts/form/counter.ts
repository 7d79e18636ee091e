import type { MessageField } from './message_field.js'

const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, '\u202F')

/** `312 / 1 024 with image`, under the editor. */
export class Counter {
  readonly #output: HTMLElement
  readonly #length: HTMLElement
  readonly #limit: HTMLElement
  readonly #withImage: HTMLElement
  readonly #longest: HTMLElement
  readonly #variant: HTMLElement
  readonly #limits: { text: number; caption: number }

  constructor(root: HTMLElement) {
    this.#variant = root.closest<HTMLElement>('.message-variant')!
    const part = (name: string) => this.#variant.querySelector<HTMLElement>(`[data-${name}]`)!
    this.#output = part('counter')
    this.#length = part('counter-length')
    this.#limit = part('counter-limit')
    this.#withImage = part('counter-image')
    this.#longest = part('longest')
    this.#limits = { text: Number(root.dataset.textLimit), caption: Number(root.dataset.captionLimit) }
  }

  show(field: MessageField) {
    const { length } = field
    if (length !== null) this.#write(length)
    else this.#write(Number(this.#length.dataset.value ?? 0))
  }

  /** What the server counted: only it can read Markdown. */
  measured(length: number) {
    if (Number.isFinite(length)) this.#write(length)
  }

  /** The text as it is for the customer with the longest values. */
  longest(text: string) {
    this.#longest.textContent = text
  }

  #write(length: number) {
    const hasImage = this.#variant.querySelector<HTMLInputElement>('[data-media-key]')?.value !== ''
    const limit = hasImage ? this.#limits.caption : this.#limits.text
    this.#length.dataset.value = String(length)
    this.#length.textContent = grouped(length)
    this.#limit.textContent = grouped(limit)
    this.#withImage.hidden = !hasImage
    this.#output.classList.toggle('is-over', length > limit)
  }
}

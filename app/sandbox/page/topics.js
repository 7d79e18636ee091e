import { byId, h } from './dom.js'

/** Chips above a forum: all messages, or those of one topic. What is written goes to the chosen one. */
export class Topics {
  #current = 0
  #chat

  constructor(onChange) {
    this.onChange = onChange
  }

  get current() {
    return this.#current
  }

  show({ chat, topics = [] }) {
    if (this.#chat !== chat.id) this.#current = 0
    this.#chat = chat.id
    byId('topics').hidden = topics.length === 0
    const chips = [{ message_thread_id: 0, name: 'All' }, ...topics].map((topic) => this.#chip(topic))
    byId('topics').replaceChildren(...chips)
  }

  filter(messages) {
    return this.#current ? messages.filter((message) => message.message_thread_id === this.#current) : messages
  }

  #chip({ message_thread_id: id, name }) {
    const choose = () => {
      this.#current = id
      for (const chip of byId('topics').children)
        chip.setAttribute('aria-pressed', String(chip.dataset.id === String(id)))
      this.onChange()
    }
    return h(
      'button',
      {
        type: 'button',
        class: 'topic',
        'aria-pressed': String(id === this.#current),
        data: { id },
        on: { click: choose },
      },
      name
    )
  }
}

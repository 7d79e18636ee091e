import { api, attempt } from './api.js'
import { byId, h } from './dom.js'
import { copy } from './entities.js'

const LANGUAGES = ['en', 'ru', 'uk', 'de', 'fr', 'es', 'pl', 'kk']

/** The three dots: what this person can do beside writing. */
export class PersonMenu {
  constructor(conversation) {
    this.conversation = conversation
    this.button = byId('more-button')
    this.element = byId('more-menu')
    this.button.addEventListener('click', () => this.#toggle(this.element.hidden))
    document.addEventListener('click', (event) => {
      if (!event.target.closest('.menu-anchor')) this.#toggle(false)
    })
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.#toggle(false, true))
  }

  show({ chat, customer }) {
    this.button.hidden = chat.deactivated
    const parts = customer
      ? this.#personParts(chat, customer)
      : [facts(`id ${chat.id}`), item('Copy the id', () => copy(String(chat.id)))]
    this.element.replaceChildren(...parts)
  }

  #personParts(chat, customer) {
    return [
      facts(
        [`id ${customer.id}`, customer.username ? `@${customer.username}` : 'no username', customer.bio]
          .filter(Boolean)
          .join(' · ')
      ),
      item('Copy the id', () => copy(String(customer.id))),
      this.#starsField(customer),
      this.#startField(),
      this.#languageField(customer),
      chat.blocked
        ? item('Unblock the bot', () => this.#act(() => api.post(`/chats/${chat.id}/unblock`)))
        : item('Stop and block the bot', () => this.#act(() => api.post(`/chats/${chat.id}/block`)), 'danger'),
    ]
  }

  #startField() {
    const input = h('input', { class: 'input', placeholder: 'ref_ABC123', maxLength: 64, id: 'start-payload' })
    const form = h(
      'form',
      { class: 'menu-field' },
      h('label', { htmlFor: 'start-payload' }, 'Open a link with a start parameter'),
      h('span', { class: 'inline' }, input, h('button', { class: 'button', type: 'submit' }, 'Start'))
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#act(() => this.conversation.start(input.value.trim()))
    })
    return form
  }

  #starsField(customer) {
    const input = h('input', { class: 'input', type: 'number', min: '0', id: 'stars', value: String(customer.stars) })
    const form = h(
      'form',
      { class: 'menu-field' },
      h('label', { htmlFor: 'stars' }, 'Telegram Stars to spend'),
      h('span', { class: 'inline' }, input, h('button', { class: 'button', type: 'submit' }, 'Set'))
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#act(() => api.patch(`/customers/${customer.id}`, { stars: Number(input.value) }))
    })
    return form
  }

  #languageField(customer) {
    const codes = [...new Set([...LANGUAGES, customer.language_code].filter(Boolean))]
    const select = h(
      'select',
      { class: 'input', id: 'language' },
      codes.map((code) => h('option', { value: code, selected: code === customer.language_code }, languageLabel(code)))
    )
    select.addEventListener('change', () =>
      attempt(() => api.patch(`/customers/${customer.id}`, { language_code: select.value }))
    )
    return h(
      'div',
      { class: 'menu-field' },
      h('label', { htmlFor: 'language' }, 'Language of the Telegram app'),
      select
    )
  }

  #act(act) {
    this.#toggle(false)
    return attempt(act)
  }

  #toggle(open, focusButton = false) {
    if (this.element.hidden === !open) return
    this.element.hidden = !open
    this.button.setAttribute('aria-expanded', String(open))
    if (focusButton) this.button.focus()
  }
}

function languageLabel(code) {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code
}

function facts(text) {
  return h('p', { class: 'menu-facts' }, text)
}

function item(label, act, className = '') {
  return h('button', { type: 'button', class: `menu-item ${className}`, on: { click: act } }, label)
}

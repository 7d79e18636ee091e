import { api, attempt } from './api.js'
import { byId, h, icon, paintAvatar, reconcile } from './dom.js'
import { listTime } from './dates.js'

/** The list on the left: who there is, the last message of each, what has not been looked at. */
export class ChatList {
  #chats = new Map()
  #rows = new Map()
  #current
  #search = ''
  #loading

  constructor() {
    byId('search').addEventListener('input', (event) => {
      this.#search = event.target.value
      this.load()
    })
    setInterval(() => this.render(), 60_000)
  }

  async load() {
    this.#loading?.abort()
    this.#loading = new AbortController()
    const query = new URLSearchParams({ search: this.#search, limit: 200 })
    const answer = await attempt(() => this.#get(`/chats?${query}`))
    if (!answer) return
    this.#chats = new Map(answer.chats.map((chat) => [chat.id, chat]))
    this.render()
  }

  update(chats) {
    for (const chat of chats) if (!this.#search || this.#chats.has(chat.id)) this.#chats.set(chat.id, chat)
    this.render()
  }

  select(id) {
    this.#current = id
    this.render()
  }

  render() {
    const sorted = [...this.#chats.values()].sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0))
    const rows = sorted.map((chat) => this.#row(chat))
    const empty = h(
      'p',
      { class: 'list-note' },
      this.#search ? 'Nobody is called like that.' : 'There is nobody here yet.'
    )
    reconcile(byId('chat-list'), rows.length > 0 ? rows : [empty])
  }

  async #get(path) {
    try {
      return await api.get(path, this.#loading.signal)
    } catch (error) {
      if (error.name === 'AbortError') return undefined
      throw error
    }
  }

  #row(chat) {
    const shown = JSON.stringify([chat, chat.id === this.#current, chat.last && listTime(chat.last.date)])
    const known = this.#rows.get(chat.id)
    if (known?.shown === shown) return known.element
    const element = known?.element ?? h('a', { class: 'chat-row', href: `#${chat.id}` })
    element.replaceChildren(...rowParts(chat))
    if (chat.id === this.#current) element.setAttribute('aria-current', 'true')
    else element.removeAttribute('aria-current')
    this.#rows.set(chat.id, { shown, element })
    return element
  }
}

function rowParts(chat) {
  const avatar = h('span', { 'aria-hidden': 'true' })
  paintAvatar(avatar, chat)
  return [
    avatar,
    h(
      'span',
      {},
      h(
        'span',
        { class: 'row-line' },
        chat.type !== 'private' && icon('group', 'small'),
        h('span', { class: 'row-name', dir: 'auto' }, chat.title),
        chat.blocked && state('Has blocked the bot'),
        chat.deactivated && state('Has deleted the account'),
        chat.language_code && h('span', { class: 'row-lang' }, chat.language_code),
        chat.last && h('span', { class: 'row-time' }, listTime(chat.last.date))
      ),
      h(
        'span',
        { class: 'row-line' },
        h('span', { class: 'row-preview', dir: 'auto' }, previewOf(chat)),
        chat.unread > 0 && h('span', { class: 'badge', 'aria-label': `${chat.unread} unread` }, String(chat.unread))
      )
    ),
  ]
}

function state(title) {
  const element = icon('blocked', 'small row-state')
  element.removeAttribute('aria-hidden')
  element.setAttribute('role', 'img')
  element.setAttribute('aria-label', title)
  return element
}

function previewOf(chat) {
  if (chat.last)
    return `${chat.last.outgoing && chat.type === 'private' ? 'You: ' : ''}${chat.last.text.replaceAll('\n', ' ')}`
  if (chat.type !== 'private') return 'No messages yet'
  return chat.started ? 'No messages yet' : 'Has not started the bot'
}

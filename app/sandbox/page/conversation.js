import { api, attempt } from './api.js'
import { ask, showAlert, toast } from './alerts.js'
import { summary } from './bubble.js'
import { Composer } from './composer.js'
import { byId, h, paintAvatar } from './dom.js'
import { PersonMenu } from './person_menu.js'
import { Timeline } from './timeline.js'
import { Topics } from './topics.js'

const ANSWER_PATIENCE_MS = 20_000
const TYPING_MS = 5000
const REFRESH_MS = 60

/** The chat on the right, seen as its customer sees it. */
export class Conversation {
  #id
  #detail
  #awaiting = new Map()
  #answeredEarly = new Set()
  #typing
  #refreshing
  #timeline
  #composer
  #topics
  #menu

  constructor(bot) {
    this.bot = bot
    this.#timeline = new Timeline((message) => this.#isOutgoing(message))
    this.#composer = new Composer(this)
    this.#topics = new Topics(() => this.#render())
    this.#menu = new PersonMenu(this)
    byId('pinned').addEventListener('click', () => this.#jump(this.#detail.pinned.at(-1)))
    document.addEventListener('visibilitychange', () => this.#markRead())
  }

  get id() {
    return this.#id
  }

  async open(id) {
    this.#id = id
    const detail = id && (await attempt(() => api.get(`/chats/${id}`)))
    if (this.#id !== id) return
    this.#detail = detail || undefined
    byId('welcome').hidden = Boolean(detail)
    byId('chat').hidden = !detail
    if (!detail) return
    this.#timeline.reset(detail.messages)
    this.#show()
    this.#timeline.toEnd()
    this.#markRead()
  }

  /** Loads again what is not a message: names, keyboards, commands. Once for a burst of news. */
  refresh() {
    this.#refreshing ??= setTimeout(() => this.#refreshNow(), REFRESH_MS)
  }

  onMessage({ message }) {
    const isOwn = this.#isOutgoing(message)
    if (!isOwn) this.#stopTyping()
    this.#keepEnd(() => this.#timeline.put(message), isOwn)
    this.#markRead()
    this.refresh()
  }

  onEdit({ message }) {
    this.#keepEnd(() => this.#timeline.put(message))
    this.#showPinned()
  }

  onDelete({ messageIds }) {
    this.#timeline.remove(messageIds)
    this.#render()
  }

  onAnswer({ queryId, answer }) {
    if (this.#awaiting.has(queryId)) this.#awaiting.get(queryId)()
    else this.#answeredEarly.add(queryId)
    if (answer.url) window.open(answer.url, '_blank', 'noopener')
    if (!answer.text) return
    if (answer.show_alert) showAlert(answer.text)
    else toast(answer.text)
  }

  onAction({ action }) {
    clearTimeout(this.#typing)
    const subtitle = byId('chat-subtitle')
    subtitle.textContent = `${this.bot.first_name} is ${action === 'typing' ? 'typing' : 'sending'}…`
    subtitle.classList.add('live')
    this.#typing = setTimeout(() => this.#stopTyping(), TYPING_MS)
  }

  say(text, replyTo) {
    return this.#act('say', { text, ...(replyTo && { reply_to: replyTo }) })
  }

  start(payload = '') {
    return this.#act('start', { payload })
  }

  send(kind, file, caption) {
    const form = new FormData()
    form.append('file', file)
    form.append('caption', caption)
    for (const [name, value] of Object.entries(this.#speaker())) form.append(name, value)
    return attempt(() => api.post(`/chats/${this.#id}/${kind}`, form))
  }

  async #refreshNow() {
    this.#refreshing = undefined
    const id = this.#id
    const detail = id && (await attempt(() => api.get(`/chats/${id}?limit=1`)))
    if (!detail || this.#id !== id) return
    this.#detail = detail
    const follow = this.#timeline.isAtEnd()
    this.#show()
    if (follow) this.#timeline.toEnd()
  }

  #show() {
    this.#topics.show(this.#detail)
    this.#showHead()
    this.#menu.show(this.#detail)
    this.#composer.show(this.#detail)
    this.#showPinned()
    this.#render()
  }

  #render() {
    const { chat } = this.#detail
    this.#timeline.render({
      filter: (messages) => this.#topics.filter(messages),
      empty: () => this.#about(),
      showAuthors: chat.type !== 'private',
      actions: this.#actions(),
    })
  }

  /** Stays at the newest message when that was in sight before the change. */
  #keepEnd(change, always = false) {
    const follow = always || this.#timeline.isAtEnd()
    change()
    this.#render()
    if (follow) this.#timeline.toEnd()
  }

  #actions() {
    return {
      username: this.bot.username,
      canReply: this.#detail.chat.type !== 'channel',
      command: (text) => this.say(text),
      start: (payload) => this.start(payload),
      reply: (message) => this.#composer.replyTo(message),
      jump: (id) => this.#jump(id),
      press: (message, button) => this.#press(message, button),
      pay: (message) => this.#pay({ message_id: message.message_id }, message.invoice),
      payLink: (link) => this.#pay({ link }),
    }
  }

  /** Ends when the bot has answered, or when Telegram would stop waiting. */
  async #press(message, button) {
    const pressed = await this.#act('press', { message_id: message.message_id, button })
    if (!pressed || this.#answeredEarly.delete(pressed.id)) return
    await new Promise((resolve) => {
      this.#awaiting.set(pressed.id, resolve)
      setTimeout(resolve, ANSWER_PATIENCE_MS)
    })
    this.#awaiting.delete(pressed.id)
  }

  /** Asks before Stars are spent, as Telegram does. */
  async #pay(what, invoice) {
    const { stars } = this.#detail.customer
    const price = invoice
      ? `“${invoice.title}” for ${invoice.total_amount.toLocaleString()} Stars`
      : 'what this link sells'
    if (!(await ask(`Do you want to buy ${price}? You have ${stars.toLocaleString()} Stars.`, 'Pay'))) return
    const outcome = await this.#act('pay', what)
    if (outcome && !outcome.paid) await showAlert(outcome.error ?? 'The bot did not accept the payment.')
  }

  #act(action, body) {
    return attempt(() => api.post(`/chats/${this.#id}/${action}`, { ...body, ...this.#speaker() }))
  }

  #speaker() {
    const from = this.#composer.speaker
    return { ...(from && { from }), ...(this.#topics.current && { thread_id: this.#topics.current }) }
  }

  #jump(messageId) {
    if (!this.#timeline.jump(messageId)) toast('That message is not here any more')
  }

  #about() {
    if (this.#detail.chat.type !== 'private') return h('div', { class: 'about' }, 'No messages yet.')
    return h('div', { class: 'about' }, h('h3', {}, 'What can this bot do?'), this.bot.description)
  }

  #showHead() {
    const { chat, customer } = this.#detail
    paintAvatar(byId('chat-avatar'), chat)
    byId('chat-title').textContent = chat.title
    const facts = [
      chat.type === 'private' ? `with ${this.bot.first_name}` : chat.type,
      chat.username && `@${chat.username}`,
      customer?.language_code && languageName(customer.language_code),
    ]
    byId('chat-subtitle').textContent = facts.filter(Boolean).join(' · ')
  }

  #showPinned() {
    const message = this.#timeline.find(this.#detail.pinned.at(-1))
    byId('pinned').hidden = !message
    if (message) byId('pinned-text').textContent = summary(message)
  }

  #stopTyping() {
    clearTimeout(this.#typing)
    if (!byId('chat-subtitle').classList.contains('live')) return
    byId('chat-subtitle').classList.remove('live')
    this.#showHead()
  }

  #isOutgoing(message) {
    return message.from !== undefined && message.from.id !== this.bot.id
  }

  #markRead() {
    if (this.#id && this.#detail && !document.hidden) attempt(() => api.post(`/chats/${this.#id}/read`))
  }
}

function languageName(code) {
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(code)
  } catch {
    return code
  }
}

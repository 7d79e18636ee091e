import { api, attempt } from './api.js'
import { summary } from './bubble.js'
import { CommandMenu } from './command_menu.js'
import { byId, h, icon, iconButton } from './dom.js'
import { replyKeyboard } from './keyboard.js'

/** What stands below the messages: START, a note why nothing can be sent, or the input field. */
export class Composer {
  #shown
  #reply
  #file
  #field
  #speaker

  constructor(conversation) {
    this.conversation = conversation
  }

  /** Who writes in a group; nothing in a private chat. */
  get speaker() {
    return this.#speaker ? Number(this.#speaker.value) : undefined
  }

  show(detail) {
    const wanted = JSON.stringify([
      detail.chat.id,
      stateOf(detail),
      detail.keyboard,
      detail.commands,
      detail.menu_button,
      detail.members,
    ])
    if (wanted === this.#shown) return
    const isSameChat = this.#shown !== undefined && JSON.parse(this.#shown)[0] === detail.chat.id
    const draft = isSameChat ? (this.#field?.value ?? '') : ''
    if (!isSameChat) this.#reply = this.#file = undefined
    const hadFocus = this.#field !== undefined && document.activeElement === this.#field
    this.#shown = wanted
    this.#field = undefined
    this.#speaker = undefined
    byId('composer').replaceChildren(...this.#parts(detail))
    if (this.#field) this.#field.value = draft
    if (hadFocus || (!isSameChat && matchMedia('(hover: hover)').matches)) this.#field?.focus({ preventScroll: true })
  }

  replyTo(message) {
    this.#reply = message
    this.#showBars()
    this.#field?.focus()
  }

  #parts(detail) {
    const { chat, customer } = detail
    switch (stateOf(detail)) {
      case 'deactivated':
        return [h('p', { class: 'composer-note' }, 'This person has deleted the account.')]
      case 'blocked':
        return [action('Restart', () => this.#unblock(chat.id))]
      case 'new':
        return [action('Start', () => this.conversation.start(), 'start')]
      case 'channel':
        return [h('p', { class: 'composer-note' }, 'Only the bot writes here.')]
      default:
        return this.#inputParts(detail, customer)
    }
  }

  #inputParts(detail) {
    const menu = new CommandMenu(detail.commands, (command) => this.#send(`/${command}`))
    const box = h(
      'form',
      { class: 'composer-box', on: { submit: (event) => this.#submit(event) } },
      detail.commands.length > 0 && menu.button,
      this.#attachButton(),
      (this.#field = this.#inputField(menu)),
      h('button', { type: 'submit', class: 'icon-button send', 'aria-label': 'Send' }, icon('send', 'solid'))
    )
    return [
      menu.element,
      h('div', { id: 'composer-bars' }),
      detail.members && this.#speakerField(detail.members),
      box,
      detail.keyboard?.keyboard && replyKeyboard(detail.keyboard, (text) => this.#send(text)),
    ].filter(Boolean)
  }

  #inputField(menu) {
    const field = h('textarea', { rows: 1, placeholder: 'Message', 'aria-label': 'Message', maxLength: 4096 })
    field.addEventListener('input', () => menu.suggest(field.value))
    field.addEventListener('keydown', (event) => {
      if (event.isComposing || menu.onKey(event)) return
      if (event.key === 'Escape' && this.#reply) this.replyTo(undefined)
      if (event.key === 'Enter' && !event.shiftKey) this.#submit(event)
    })
    field.addEventListener('paste', (event) => this.#choose(event.clipboardData?.files[0]))
    return field
  }

  #attachButton() {
    const input = h('input', { type: 'file', class: 'visually-hidden', tabIndex: -1, 'aria-label': 'File to send' })
    input.addEventListener('change', () => this.#choose(input.files[0]))
    const button = iconButton('clip', 'Attach a photo or a file', () => input.click())
    return h('span', {}, button, input)
  }

  #speakerField(members) {
    this.#speaker = h(
      'select',
      { id: 'speaker' },
      members
        .filter(Boolean)
        .map((member) => h('option', { value: String(member.id) }, `${member.first_name} ${member.last_name ?? ''}`))
    )
    return h('div', { class: 'speaker' }, h('label', { htmlFor: 'speaker' }, 'Write as'), this.#speaker)
  }

  #choose(file) {
    if (!file) return
    this.#file = file
    this.#showBars()
    this.#field.focus()
  }

  #showBars() {
    const bars = [
      this.#reply &&
        bar('reply-bar', `Reply to: ${summary(this.#reply)}`, 'Do not reply', () => this.replyTo(undefined)),
      this.#file &&
        bar('attachment-bar', `To send: ${this.#file.name}`, 'Do not send the file', () => this.#dropFile()),
    ]
    byId('composer-bars')?.replaceChildren(...bars.filter(Boolean))
  }

  #dropFile() {
    this.#file = undefined
    this.#showBars()
  }

  async #submit(event) {
    event.preventDefault()
    const text = this.#field.value.trim()
    if (this.#file) await this.#sendFile(text)
    else if (text) await this.#send(text)
  }

  async #send(text) {
    const sent = await this.conversation.say(text, this.#reply?.message_id)
    if (sent) this.#clear()
  }

  async #sendFile(caption) {
    const kind = this.#file.type.startsWith('image/') ? 'photo' : 'document'
    const sent = await this.conversation.send(kind, this.#file, caption)
    if (sent) this.#clear()
  }

  #clear() {
    this.#reply = undefined
    this.#file = undefined
    if (this.#field) this.#field.value = ''
    this.#showBars()
  }

  #unblock(id) {
    return attempt(async () => {
      await api.post(`/chats/${id}/unblock`)
      await this.conversation.start()
    })
  }
}

function stateOf({ chat }) {
  if (chat.type === 'channel') return 'channel'
  if (chat.deactivated) return 'deactivated'
  if (chat.blocked) return 'blocked'
  return chat.started ? 'open' : 'new'
}

function action(label, act, className = '') {
  return h('button', { type: 'button', class: `composer-action ${className}`, on: { click: act } }, label)
}

function bar(className, text, label, close) {
  return h('div', { class: className }, h('span', {}, text), iconButton('close', label, close))
}

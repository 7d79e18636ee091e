import type { InputKeyboard, Message } from '#sandbox/state/types'

/** What is kept of one chat. A chat without messages or pins takes no memory. */
export interface ChatLog {
  messages: Map<number, Message>
  pinned: number[]
  /** the keyboard under the input field, as the last message left it */
  keyboard?: InputKeyboard
  /** messages of the bot that nobody has looked at on the page */
  unread: number
}

export interface MessagesSnapshot {
  lastPrivateId: number
  chats: [number, ChatLog][]
}

/**
 * Messages of all chats, oldest forgotten first beyond `keep`, so that memory stays the same however many are sent.
 * As at Telegram, private chats share one sequence of message ids and each group counts by itself.
 */
export class Messages {
  #chats = new Map<number, ChatLog>()
  #order: (readonly [chatId: number, messageId: number])[] = []
  #forgotten = 0
  #lastPrivateId: number

  constructor(
    readonly keep: number,
    firstPrivateId: number
  ) {
    this.#lastPrivateId = firstPrivateId - 1
  }

  nextPrivateId(): number {
    return ++this.#lastPrivateId
  }

  add(message: Message): void {
    this.log(message.chat.id).messages.set(message.message_id, message)
    this.#order.push([message.chat.id, message.message_id])
    if (this.#order.length - this.#forgotten > this.keep) this.#forgetOldest()
  }

  find(chatId: number, messageId: number): Message | undefined {
    return this.#chats.get(chatId)?.messages.get(messageId)
  }

  /** Puts a new version of a message in the place of the old one. */
  replace(message: Message): void {
    this.log(message.chat.id).messages.set(message.message_id, message)
  }

  remove(chatId: number, messageId: number): void {
    const log = this.#chats.get(chatId)
    if (!log) return
    log.messages.delete(messageId)
    log.pinned = log.pinned.filter((id) => id !== messageId)
    if (log.messages.size === 0 && !log.keyboard) this.#chats.delete(chatId)
  }

  /** Oldest first. */
  list(chatId: number, after = 0): Message[] {
    const messages = [...(this.#chats.get(chatId)?.messages.values() ?? [])]
    return after ? messages.filter((message) => message.message_id > after) : messages
  }

  /** Of all chats, newest first, as they are now. */
  newest(count: number): Message[] {
    const places = this.#order.slice(Math.max(this.#forgotten, this.#order.length - count))
    return places.reverse().flatMap(([chatId, messageId]) => this.find(chatId, messageId) ?? [])
  }

  last(chatId: number): Message | undefined {
    let last: Message | undefined
    for (const message of this.#chats.get(chatId)?.messages.values() ?? []) last = message
    return last
  }

  log(chatId: number): ChatLog {
    let log = this.#chats.get(chatId)
    if (!log) {
      log = { messages: new Map(), pinned: [], unread: 0 }
      this.#chats.set(chatId, log)
    }
    return log
  }

  peek(chatId: number): ChatLog | undefined {
    return this.#chats.get(chatId)
  }

  chatIds(): IterableIterator<number> {
    return this.#chats.keys()
  }

  get size(): number {
    let size = 0
    for (const log of this.#chats.values()) size += log.messages.size
    return size
  }

  snapshot(): MessagesSnapshot {
    return { lastPrivateId: this.#lastPrivateId, chats: [...this.#chats] }
  }

  restore({ lastPrivateId, chats }: MessagesSnapshot): void {
    this.#lastPrivateId = Math.max(this.#lastPrivateId, lastPrivateId)
    this.#chats = new Map(chats)
    const all = chats.flatMap(([, log]) => [...log.messages.values()])
    this.#order = all.sort((a, b) => a.date - b.date).map((message) => [message.chat.id, message.message_id])
    this.#forgotten = 0
  }

  clear(): void {
    this.#chats.clear()
    this.#order = []
    this.#forgotten = 0
  }

  #forgetOldest(): void {
    const [chatId, messageId] = this.#order[this.#forgotten++]
    this.remove(chatId, messageId)
    if (this.#forgotten > 4096 && this.#forgotten > this.#order.length / 2) {
      this.#order = this.#order.slice(this.#forgotten)
      this.#forgotten = 0
    }
  }
}

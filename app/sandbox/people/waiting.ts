import type { CallbackAnswer } from '#sandbox/state/callbacks'
import type { Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

export interface MessageFilter {
  /** part of the text or caption, or a pattern for it */
  text?: string | RegExp
  /** only messages with a greater id; by default those after the last thing the customer said */
  after?: number
  /** label of a button it must have */
  button?: string
  timeoutMs?: number
}

const PATIENCE_MS = 15_000

/** A message of the bot that is there already or comes within the time. Nothing is polled. */
export async function waitForMessage(world: World, chatId: number, filter: MessageFilter = {}): Promise<Message> {
  const after = filter.after ?? lastSaid(world, chatId)
  const fits = (message: Message) => message.message_id > after && isFromBot(world, message) && matches(message, filter)
  const present = world.messages.list(chatId).find(fits)
  if (present) return present
  return world.live.waitFor(
    (event) => (event.type === 'message' && event.chatId === chatId && fits(event.message) ? event.message : undefined),
    describe('a message', chatId, filter),
    filter.timeoutMs ?? PATIENCE_MS
  )
}

/** The next time a message is edited so that it fits; one that fits already counts when it has been edited. */
export async function waitForEdit(
  world: World,
  chatId: number,
  messageId: number,
  filter: MessageFilter = {}
): Promise<Message> {
  const present = world.messages.find(chatId, messageId)
  if (present?.edit_date !== undefined && matches(present, filter)) return present
  return world.live.waitFor(
    (event) => {
      const isIt = event.type === 'edit' && event.chatId === chatId && event.message.message_id === messageId
      return isIt && matches(event.message, filter) ? event.message : undefined
    },
    describe(`an edit of message ${messageId}`, chatId, filter),
    filter.timeoutMs ?? PATIENCE_MS
  )
}

/** What the bot answers to a pressed button. */
export async function waitForAnswer(world: World, queryId: string, timeoutMs = PATIENCE_MS): Promise<CallbackAnswer> {
  const present = world.callbacks.find(queryId)?.answer
  if (present) return present
  return world.live.waitFor(
    (event) => (event.type === 'answer' && event.queryId === queryId ? event.answer : undefined),
    `an answer to the callback query ${queryId}`,
    timeoutMs
  )
}

export async function waitForDelete(
  world: World,
  chatId: number,
  messageId: number,
  timeoutMs = PATIENCE_MS
): Promise<void> {
  if (!world.messages.find(chatId, messageId)) return
  await world.live.waitFor(
    (event) =>
      event.type === 'delete' && event.chatId === chatId && event.messageIds.includes(messageId) ? true : undefined,
    `the deletion of message ${messageId} in chat ${chatId}`,
    timeoutMs
  )
}

function isFromBot(world: World, { from }: Message): boolean {
  return from === undefined || from.id === world.bot.user.id
}

function lastSaid(world: World, chatId: number): number {
  const said = world.messages.list(chatId).findLast((message) => !isFromBot(world, message))
  return said?.message_id ?? 0
}

function matches(message: Message, { text, button }: MessageFilter): boolean {
  const words = message.text ?? message.caption ?? ''
  if (typeof text === 'string' && !words.includes(text)) return false
  if (text instanceof RegExp && !text.test(words)) return false
  const labels = message.reply_markup?.inline_keyboard.flat().map((item) => item.text) ?? []
  return button === undefined || labels.some((label) => label.includes(button))
}

function describe(what: string, chatId: number, { text, button }: MessageFilter): string {
  const parts = [
    text && `with ${text instanceof RegExp ? String(text) : JSON.stringify(text)}`,
    button && `with a button ${JSON.stringify(button)}`,
  ]
  return [what, `in chat ${chatId}`, ...parts.filter(Boolean)].join(' ')
}

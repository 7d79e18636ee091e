import { ControlError } from '#sandbox/errors'
import type { PressedButton } from '#sandbox/state/callbacks'
import { publicUser } from '#sandbox/state/customers'
import type { InlineButton, Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

export interface PressOptions {
  /** where the message is, when not in the customer's own chat with the bot */
  chatId?: number
}

/**
 * A customer presses a button below a message, named by its label, its callback data, or its number counted from 0.
 * Answers the query that now waits for answerCallbackQuery.
 */
export function press(
  world: World,
  customerId: number,
  messageId: number,
  button: string | number,
  options: PressOptions = {}
): PressedButton {
  const customer = world.customers.get(customerId)
  const chatId = options.chatId ?? customerId
  const message = world.messages.find(chatId, messageId)
  if (!message) throw new ControlError(404, `There is no message ${messageId} in chat ${chatId}.`)
  const pressed = findButton(message, button)
  if (pressed.callback_data === undefined) {
    throw new ControlError(422, `The button "${pressed.text}" sends nothing to the bot.`)
  }
  if (customer.blocked) throw new ControlError(409, `${customer.first_name} has blocked the bot: unblock it first.`)

  const query = world.callbacks.press({
    customerId,
    chatId,
    messageId,
    data: pressed.callback_data,
    pressedAt: world.clock.now(),
  })
  const payload = {
    id: query.id,
    from: publicUser(customer),
    message,
    chat_instance: String(chatId),
    data: query.data,
  }
  world.updates.push('callback_query', payload, chatId)
  return query
}

/** A press with data that no button of the message has, as an old or a forged client might send it. */
export function pressForged(world: World, customerId: number, messageId: number, data: string): PressedButton {
  const customer = world.customers.get(customerId)
  const query = world.callbacks.press({
    customerId,
    chatId: customerId,
    messageId,
    data,
    pressedAt: world.clock.now(),
  })
  const message = world.messages.find(customerId, messageId)
  world.updates.push(
    'callback_query',
    {
      id: query.id,
      from: publicUser(customer),
      ...(message && { message }),
      chat_instance: String(customerId),
      data,
    },
    customerId
  )
  return query
}

export function findButton(message: Message, wanted: string | number): InlineButton {
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? []
  const found =
    typeof wanted === 'number'
      ? buttons[wanted]
      : (buttons.find(({ text }) => text === wanted) ??
        buttons.find(({ callback_data: data }) => data === wanted) ??
        buttons.find(({ text }) => text.includes(wanted)))
  if (found) return found
  const labels = buttons.map(({ text }) => `"${text}"`).join(', ') || 'none'
  throw new ControlError(
    404,
    `Message ${message.message_id} has no button ${JSON.stringify(wanted)}; its buttons: ${labels}.`
  )
}

import type { Update } from 'grammy/types'

/** Updates as Telegram writes them, for tests that hand them over themselves. */
export const ANNA = { id: 5_000_000_001, is_bot: false, first_name: 'Anna', username: 'anna_k', language_code: 'en' }

type Person = typeof ANNA

let lastUpdateId = 900_000_000

export function textUpdate(text: string, from: Person = ANNA, updateId = ++lastUpdateId): Update {
  const entities = text.startsWith('/')
    ? [{ type: 'bot_command', offset: 0, length: text.split(/\s/, 1)[0].length }]
    : []
  return messageUpdate({ text, entities }, from, updateId)
}

export function messageUpdate(content: object, from: Person = ANNA, updateId = ++lastUpdateId): Update {
  return {
    update_id: updateId,
    message: { message_id: updateId, date: 1, chat: privateChat(from), from, ...content },
  } as Update
}

export function callbackUpdate(data: string, from: Person = ANNA, updateId = ++lastUpdateId): Update {
  return pressUpdate(data, { text: 'A screen' }, from, updateId)
}

/** A press below a photo. */
export const photoCallbackUpdate = (data: string, from: Person = ANNA): Update =>
  pressUpdate(data, { photo: [{ file_id: 'x', width: 1, height: 1 }], caption: 'A screen' }, from, ++lastUpdateId)

function pressUpdate(data: string, content: object, from: Person, updateId: number): Update {
  const message = { message_id: 1, date: 1, chat: privateChat(from), ...content }
  return {
    update_id: updateId,
    callback_query: { id: `q${updateId}`, from, chat_instance: '1', message, data },
  } as Update
}

export function membershipUpdate(status: 'kicked' | 'member', from: Person = ANNA): Update {
  const user = { id: 1, is_bot: true, first_name: 'Bot' }
  return {
    update_id: ++lastUpdateId,
    my_chat_member: {
      chat: privateChat(from),
      from,
      date: 1,
      old_chat_member: { status: status === 'kicked' ? 'member' : 'kicked', user },
      new_chat_member: { status, user },
    },
  } as Update
}

const privateChat = ({ id, first_name, username }: Person) => ({ id, type: 'private', first_name, username })

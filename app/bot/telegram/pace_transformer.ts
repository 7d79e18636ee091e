import type { Transformer } from 'grammy'
import type { TelegramPace } from '#core/contracts/telegram_pace'

/** What Telegram counts against the limit of messages a second. */
export const isCounted = (method: string) => /^(send|copy|forward|edit)/.test(method)

/** A person waits for the answer: after a longer silence the answer is delivered as one that is owed. */
const LONGEST_WAIT_SECONDS = 5
const TOO_MANY_REQUESTS = 429

/** Every interactive message takes the next slot of the budget that it shares with the sender. */
export function paceTransformer(pace: TelegramPace): Transformer {
  return async (prev, method, payload, signal) => {
    if (!isCounted(method)) return prev(method, payload, signal)
    const chatId = chatOf(payload)
    await pace.takeInteractive(chatId)
    const answer = await prev(method, payload, signal)
    if (answer.ok || answer.error_code !== TOO_MANY_REQUESTS) return answer

    const seconds = answer.parameters?.retry_after ?? 1
    await pace.pause(seconds, chatId)
    if (seconds > LONGEST_WAIT_SECONDS) return answer
    await pace.takeInteractive(chatId)
    return prev(method, payload, signal)
  }
}

function chatOf(payload: object) {
  const { chat_id: chatId } = payload as { chat_id?: number | string }
  return Number(chatId) || 0
}

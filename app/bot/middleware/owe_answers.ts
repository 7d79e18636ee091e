import { InputFile, type MiddlewareFn, type Transformer } from 'grammy'
import type { BotContext } from '#bot/context'
import { isCounted } from '#bot/telegram/pace_transformer'
import { silenceAskedBy, silenceIn } from '#bot/telegram/refusals'

/**
 * What Telegram does not take now is kept and said when the silence is over. The feature goes on as if it had been
 * said, so what the customer did is done once, whenever they read of it.
 */
export function oweAnswers(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const chatId = ctx.chat?.id ?? ctx.from?.id
    if (chatId !== undefined) ctx.api.config.use(await owing(ctx, chatId))
    await next()
  }
}

/** Once something is owed to a chat, the rest is too: answers keep their order. */
async function owing(ctx: BotContext, chatId: number): Promise<Transformer> {
  const { answers } = ctx.deps
  let owes = await answers.owes(chatId)

  const owe = async (method: string, payload: object, waitMs: number) => {
    await answers.add(chatId, { method, payload }, waitMs)
    owes = ctx.isAnswerOwed = true
    return { ok: true as const, result: standIn(method, chatId, ctx.deps.clock.now()) as any }
  }

  return async (prev, method, payload, signal) => {
    if (!isCounted(method) || Number((payload as { chat_id?: unknown }).chat_id) !== chatId || hasFile(payload)) {
      return prev(method, payload, signal)
    }
    if (owes) return owe(method, payload, 0)
    try {
      const answer = await prev(method, payload, signal)
      const waitMs = silenceIn(answer)
      return waitMs === null ? answer : await owe(method, payload, waitMs)
    } catch (error) {
      const waitMs = silenceAskedBy(error)
      if (waitMs === null) throw error
      return owe(method, payload, waitMs)
    }
  }
}

/** As Telegram answers for what it will send later: "this field will be 0" (https://core.telegram.org/bots/api#message). */
function standIn(method: string, chatId: number, now: number) {
  if (method.startsWith('edit')) return true
  return { message_id: 0, date: Math.floor(now / 1000), chat: { id: chatId, type: 'private' } }
}

/** A file can't be kept beside the words: its answer fails now, and the apology is owed instead. */
function hasFile(value: unknown): boolean {
  if (value instanceof InputFile) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasFile)
}

import { GrammyError, HttpError, type MiddlewareFn } from 'grammy'
import { ERROR_CATEGORIES, type ErrorCategory } from '#core/contracts/error_reporter'
import { TelegramPaused } from '#core/contracts/telegram_pace'
import Customer from '#customers/models/customer'
import { MarkUnreachable } from '#customers/actions/mark_unreachable'
import type { BotContext } from '#bot/context'

const GONE = /bot was blocked|user is deactivated|chat not found|can't initiate conversation/

/** Whatever goes wrong, the customer hears what happened and what to do, and we hear of it too. */
export function errorBoundary(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (isGone(error)) return markUnreachable(ctx, error)
      const category = categoryOf(error)
      ctx.deps.errors.report(error, category, { updateId: ctx.update.update_id, chatId: ctx.chat?.id })
      if (!isSilenced(error)) await apologise(ctx, category)
    }
  }
}

/** An error may name its own category; what Telegram or the network did is the network's. */
export function categoryOf(error: unknown): ErrorCategory {
  const own = (error as { category?: ErrorCategory })?.category
  if (own && ERROR_CATEGORIES.includes(own)) return own
  if (error instanceof HttpError || (error instanceof GrammyError && error.error_code >= 429)) return 'network'
  return /^(ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|UND_ERR)/.test((error as { code?: string })?.code ?? '')
    ? 'network'
    : 'system'
}

/** Our own trouble must not keep the apology from being tried, nor the apology hide the trouble. */
async function apologise(ctx: BotContext, category: ErrorCategory) {
  if (!ctx.from) return
  const text = ctx.label(`bot.error_${category}`, { reference: String(ctx.update.update_id) })
  try {
    if (ctx.preCheckoutQuery) await ctx.answerPreCheckoutQuery(false, { error_message: text })
    else await ctx.toast(text, { alert: true })
  } catch (error) {
    ctx.deps.logger.warn({ err: error, chatId: ctx.chat?.id }, 'A customer could not be told of an error')
  }
}

const isGone = (error: unknown): error is GrammyError => error instanceof GrammyError && GONE.test(error.description)

/** Telegram wants no message now: one more would prolong the silence. */
const isSilenced = (error: unknown) =>
  (error instanceof HttpError && error.error instanceof TelegramPaused) ||
  (error instanceof GrammyError && error.error_code === 429)

async function markUnreachable(ctx: BotContext, error: GrammyError) {
  const customer = ctx.from && (await Customer.findBy('telegramId', ctx.from.id))
  if (!customer) return
  const mark = await ctx.make(MarkUnreachable)
  await mark.handle({ customerId: customer.id, reason: error.description })
}

import type { MiddlewareFn } from 'grammy'
import { ERROR_CATEGORIES, type ErrorCategory } from '#core/contracts/error_reporter'
import type { BotContext } from '#bot/context'
import { markUnreachable } from '#bot/mark_unreachable'
import { isGone, isPassing, silenceAskedBy } from '#bot/telegram/refusals'

/** Whatever goes wrong, the customer hears what happened and what to do, and we hear of it too. */
export function errorBoundary(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (isGone(error)) return ctx.from && markUnreachable(ctx.deps, ctx.from.id, error.description)
      const category = categoryOf(error)
      ctx.deps.errors.report(error, category, { updateId: ctx.update.update_id, chatId: ctx.chat?.id })
      await apologise(ctx, category)
    }
  }
}

/** An error may name its own category; what Telegram or the network did is the network's. */
export function categoryOf(error: unknown): ErrorCategory {
  const own = (error as { category?: ErrorCategory })?.category
  if (own && ERROR_CATEGORIES.includes(own)) return own
  if (isPassing(error) || silenceAskedBy(error) !== null) return 'network'
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

import { Composer } from 'grammy'
import { CheckStarCheckout } from '#payments/actions/check_star_checkout'
import { RecordStarPayment } from '#payments/actions/record_star_payment'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'

/** Telegram asks before it takes Stars and waits ten seconds; what it has taken is recorded, whatever happens. */
export function starPaymentsFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.on('pre_checkout_query', async (ctx) => {
    const { invoice_payload: payload, currency, total_amount: stars, from } = ctx.preCheckoutQuery
    const check = await ctx.make(CheckStarCheckout)
    const result = await check.handle({ telegramId: from.id, payload, currency, stars })
    if (result.ok) return ctx.answerPreCheckoutQuery(true)
    return ctx.answerPreCheckoutQuery(false, { error_message: ctx.label('bot.payment_unexpected') })
  })
  composer.on('message:successful_payment', async (ctx) => {
    const {
      invoice_payload: payload,
      telegram_payment_charge_id: chargeId,
      total_amount: stars,
    } = ctx.message.successful_payment
    const record = await ctx.make(RecordStarPayment)
    await record.handle({ telegramId: ctx.from.id, payload, chargeId, stars, paidAt: ctx.message.date * 1000 })
  })
  return { composer }
}

import { InlineKeyboard } from 'grammy'
import type { Money } from '#core/money/money'
import { TopUpOptionsQuery } from '#payments/queries/top_up_options_query'
import type { BotContext } from '#bot/context'
import { downText, payWays, wayLabel } from '#bot/money/pay_ways'
import { inRows, navigation, type Screen } from '#bot/screens/screen'
import { balanceData, topUpAmountData, topUpData, topUpPayData } from '#bot/screens/money_data'
import { formatAmount } from '#bot/texts/format_amount'

export const offScreen = (ctx: BotContext): Screen => ({
  text: ctx.t('bot_money.top_up_off'),
  keyboard: navigation(ctx, balanceData.pack({})),
})

/** Amounts to choose from; whoever wants another writes it. */
export async function amountScreen(ctx: BotContext): Promise<Screen> {
  const options = await ctx.make(TopUpOptionsQuery)
  const { presets, min, max } = await options.run()
  const buttons = presets.map((preset) =>
    InlineKeyboard.text(formatAmount(preset, ctx.locale), topUpAmountData.pack({ amount: preset.minor }))
  )
  const rows = [...inRows(buttons, 2), ...navigation(ctx, balanceData.pack({})).inline_keyboard]
  return { text: ctx.t('bot_money.top_up', { min, max }), keyboard: InlineKeyboard.from(rows) }
}

/** The ways in which that much can be paid now. */
export async function waysScreen(ctx: BotContext, amount: Money): Promise<Screen> {
  const ways = await payWays(ctx, 'top_up', amount)
  const key = ctx.update.update_id
  const buttons = ways.up.map((way) => [
    InlineKeyboard.text(
      wayLabel(ctx, way.provider, way.charge?.currency === amount.currency ? null : way.charge),
      topUpPayData.pack({ way: way.provider, amount: amount.minor, key })
    ),
  ])
  const again = InlineKeyboard.text(ctx.label('bot_money.try_again'), topUpAmountData.pack({ amount: amount.minor }))
  const rows = ways.up.length > 0 ? buttons : [[again]]
  const question = ways.up.length > 0 ? ctx.t('bot_money.top_up_ways') : ''
  const text = [ctx.t('bot_money.top_up_amount', { amount }), question, downText(ctx, ways)]
  return {
    text: text.filter(Boolean).join('\n\n'),
    keyboard: InlineKeyboard.from([...rows, ...navigation(ctx, topUpData.pack({})).inline_keyboard]),
  }
}

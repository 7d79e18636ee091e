import type { Money } from '#core/money/money'
import type { BotContext } from '#bot/context'
import { formatAmount } from '#bot/texts/format_amount'

/** `100 TON, 5.50 USDT`; a dash for nothing. */
export const sumsText = (ctx: BotContext, sums: Money[]) =>
  sums
    .filter(({ isZero }) => !isZero)
    .map((sum) => formatAmount(sum, ctx.locale))
    .join(', ') || '—'

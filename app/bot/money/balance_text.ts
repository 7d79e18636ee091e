import { CustomerBalancesQuery, type CustomerBalance } from '#ledger/queries/customer_balances_query'
import { Money } from '#core/money/money'
import type { BotContext } from '#bot/context'
import { formatAmount } from '#bot/texts/format_amount'

/**
 * One line for each currency, TON in any case, since all is bought with it. What can't be spent freely is shown apart
 * and explained.
 */
export async function balanceText(ctx: BotContext): Promise<string> {
  const balances = await new CustomerBalancesQuery().run(ctx.customer.id)
  const hasTon = balances.some(({ currency }) => currency === 'TON')
  const lines = [
    ...(hasTon ? [] : [ctx.t('bot_money.balance_line', { amount: Money.zero('TON') })]),
    ...balances.filter((balance) => !isOnChainOnly(balance)).map((balance) => line(ctx, balance)),
  ]
  const parts = [
    lines.join('\n'),
    balances.some(({ granted }) => !granted.isZero) ? ctx.t('bot_money.balance_points_hint') : '',
    ...balances
      .filter(({ custody }) => !custody.isZero)
      .map(({ custody }) => ctx.t('bot_money.balance_custody', { amount: custody })),
    ...listed(
      ctx,
      'balance_held',
      balances.map(({ held }) => held),
      'balance_held_hint'
    ),
    ...listed(
      ctx,
      'balance_owed',
      balances.map(({ receivable, owedGranted }) => receivable.add(owedGranted).negate())
    ),
  ]
  return [ctx.t('bot_money.balance'), ...parts].filter(Boolean).join('\n\n')
}

const isOnChainOnly = ({ wallet, custody }: CustomerBalance) => wallet.isZero && !custody.isZero

function line(ctx: BotContext, { currency, wallet, granted }: CustomerBalance) {
  if (currency !== 'PRED') return ctx.t('bot_money.balance_line', { amount: wallet })
  return ctx.t('bot_money.balance_points', { amount: wallet.add(granted), granted, bought: wallet })
}

/** Amounts that are there, in one line. */
function listed(ctx: BotContext, key: string, amounts: Money[], hint?: string): string[] {
  const present = amounts.filter(({ isZero }) => !isZero)
  if (present.length === 0) return []
  const named = ctx.t(`bot_money.${key}`, { amounts: present.map((one) => formatAmount(one, ctx.locale)).join(', ') })
  return [hint ? `${named}\n${ctx.t(`bot_money.${hint}`)}` : named]
}

import type { Settings } from '#core/contracts/settings'
import { defineSetting } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { type Currency, CURRENCIES } from '#core/money/currency'
import type { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'

const DEFAULTS: Record<Currency, string> = { PRED: '100000', TON: '100', USDT: '500', USD: '500', STARS: '10000' }

/**
 * Adjustments above that amount need a second admin; nothing there: none does. Whoever could lift it could adjust alone,
 * so that it is not for everybody who edits settings.
 */
const approvalAbove = (currency: Currency) =>
  defineSetting({
    key: `ledger.approval_above_${currency.toLowerCase()}`,
    default: DEFAULTS[currency],
    group: 'ledger',
    permission: 'ledger.limits',
    kind: 'text',
    maxLength: 24,
    check: (text: string) =>
      text === '' || parseMoney(text, currency).ok
        ? null
        : `is no amount of ${currency}, such as ${DEFAULTS[currency]}`,
  })

const LIMITS = Object.fromEntries(
  (Object.keys(CURRENCIES) as Currency[]).map((currency) => [currency, approvalAbove(currency)])
) as Record<Currency, ReturnType<typeof approvalAbove>>

export const ledgerSettings = Object.values(LIMITS)

/** Whether so much is more than one admin may move alone. */
export async function needsApproval(settings: Settings, trx: Trx, amount: Money): Promise<boolean> {
  const text = await settings.getIn(trx, LIMITS[amount.currency])
  const limit = parseMoney(text, amount.currency)
  return limit.ok && amount.compare(limit.value) > 0
}

/** The amounts above which a second admin has to agree; a currency without one has none. */
export async function approvalLimits(settings: Settings): Promise<Money[]> {
  const limits = await Promise.all(
    (Object.keys(CURRENCIES) as Currency[]).map(async (currency) =>
      parseMoney(await settings.get(LIMITS[currency]), currency)
    )
  )
  return limits.flatMap((limit) => (limit.ok ? [limit.value] : []))
}

import type { Currency } from '#core/money/currency'
import type { Money } from '#core/money/money'
import { parseMoney, type MoneyRefusal } from '#core/money/parse_money'
import { ok, refuse, type Result } from '#core/result'
import type { MessageParams } from '#core/contracts/outbox'
import type { BotContext } from '#bot/context'

export interface AmountRange {
  min: Money
  max: Money
}

export type AmountRefusal = MoneyRefusal | 'too_small' | 'over_maximum'

/** What people write behind a number, or before it. */
const UNITS: Partial<Record<Currency, RegExp>> = {
  TON: /^(?:ton|тон)|(?:ton|тон|gram)$/i,
  USDT: /^(?:usdt|\$)|(?:usdt|\$)$/i,
  PRED: /^(?:pred|пред)|(?:pred|пред)$/i,
  STARS: /^(?:⭐️?|stars?)|(?:⭐️?|stars?|зв[её]зд\p{L}*|зірок|зір\p{L}*)$/iu,
}

/** In whole numbers a single sign before three digits separates thousands in one country and decimals in another. */
const LOOKS_GROUPED = /^\d{1,3}[.,]\d{3}$/

/** Reads an amount as a customer types it and holds it against the range. */
export function readAmount(text: string, { min, max }: AmountRange): Result<Money, { code: AmountRefusal }> {
  const { currency } = min
  const number = text
    .trim()
    .replace(UNITS[currency] ?? '', '')
    .trim()
  if (currency === 'STARS' && LOOKS_GROUPED.test(number)) return refuse('ambiguous_separator')
  const parsed = parseMoney(number, currency)
  if (!parsed.ok) return refuse(parsed.refusal.code === 'too_large' ? 'over_maximum' : parsed.refusal.code)
  if (parsed.value.compare(min) < 0) return refuse('too_small')
  return parsed.value.compare(max) > 0 ? refuse('over_maximum') : ok(parsed.value)
}

/** What was wrong with the amount and how to write it. */
export function amountHint(ctx: BotContext, code: AmountRefusal, { min, max }: AmountRange) {
  const params: MessageParams = { min, max, currency: min.currency }
  return ctx.t(`bot_money.amount.${code}`, params)
}

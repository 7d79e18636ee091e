import type { Money } from '#core/money/money'

/** An instant as a CSV says it; nothing for null. */
export const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** An amount as programs read it: the plain decimal, its currency in a column of its own. */
export const decimalOf = (money: Money | null) => money?.toDecimal() ?? null

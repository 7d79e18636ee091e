/** Decimal places of each currency's minor unit. */
export const CURRENCIES = { PRED: 2, TON: 9, USDT: 6, USD: 2, STARS: 0 } as const

export type Currency = keyof typeof CURRENCIES

export const isCurrency = (code: string): code is Currency => Object.hasOwn(CURRENCIES, code)

/** Minor units in one major unit: 100n for USD. */
export const minorUnits = (currency: Currency) => 10n ** BigInt(CURRENCIES[currency])

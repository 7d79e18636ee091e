import type { Currency } from '#core/money/currency'

/**
 * How a provider calls our currencies: the first name is the one we send, all of them are understood. Toncoin was
 * renamed Gram in June 2026, and providers mix both names.
 */
export type AssetCodes = Partial<Record<Currency, readonly string[]>>

export const DEFAULT_ASSET_CODES: AssetCodes = { TON: ['TON', 'GRAM'], USDT: ['USDT'], USD: ['USD'] }

export const assetOf = (codes: AssetCodes, currency: Currency): string => codes[currency]?.[0] ?? currency

export function currencyOf(codes: AssetCodes, asset: unknown): Currency | null {
  if (typeof asset !== 'string') return null
  const known = Object.entries(codes).find(([, names]) => names.includes(asset.toUpperCase()))
  return known ? (known[0] as Currency) : null
}

import { decimal, dividedBy, roundUp, times, type Decimal } from '#sandbox/services/decimal'

export interface Asset {
  name: string
  /** places of its smallest unit */
  decimals: number
  isStablecoin?: boolean
  isFiat?: boolean
}

export const ASSETS: Readonly<Record<string, Asset>> = {
  USDT: { name: 'Tether', decimals: 6, isStablecoin: true },
  TON: { name: 'Toncoin', decimals: 9 },
  BTC: { name: 'Bitcoin', decimals: 8 },
  ETH: { name: 'Ethereum', decimals: 8 },
  LTC: { name: 'Litecoin', decimals: 8 },
  TRX: { name: 'Tron', decimals: 6 },
  USDC: { name: 'USD Coin', decimals: 6, isStablecoin: true },
  USD: { name: 'United States dollar', decimals: 2, isFiat: true },
  EUR: { name: 'Euro', decimals: 2, isFiat: true },
  RUB: { name: 'Russian ruble', decimals: 2, isFiat: true },
  UAH: { name: 'Ukrainian hryvnia', decimals: 2, isFiat: true },
}

const IN_USD: Readonly<Record<string, string>> = {
  USDT: '1',
  USDC: '1',
  USD: '1',
  TON: '3.12',
  BTC: '97500',
  ETH: '3650',
  LTC: '88.5',
  TRX: '0.27',
  EUR: '1.08',
  RUB: '0.0124',
  UAH: '0.0238',
}

/** What things cost in the sandbox: the same at every provider, until a test says otherwise. */
export class Rates {
  #inUsd = new Map<string, Decimal>()

  constructor() {
    this.reset()
  }

  /** US dollars for one unit. */
  usd(code: string): Decimal {
    return this.#inUsd.get(code)!
  }

  set(code: string, usd: string): void {
    this.#inUsd.set(code, decimal(usd))
  }

  /** Units of `to` for one of `from`. */
  between(from: string, to: string): Decimal {
    return dividedBy(this.usd(from), this.usd(to))
  }

  /** An amount in another currency, rounded up to that one's smallest unit. */
  convert(amount: Decimal, from: string, to: string): Decimal {
    if (from === to) return amount
    return roundUp(dividedBy(times(amount, this.usd(from)), this.usd(to)), ASSETS[to].decimals)
  }

  reset(): void {
    this.#inUsd = new Map(Object.entries(IN_USD).map(([code, usd]) => [code, decimal(usd)]))
  }
}

export function cryptoCodes(): string[] {
  return Object.keys(ASSETS).filter((code) => !ASSETS[code].isFiat)
}

export function fiatCodes(): string[] {
  return Object.keys(ASSETS).filter((code) => ASSETS[code].isFiat)
}

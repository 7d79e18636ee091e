import type { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import type Market from '#markets/models/market'
import type { PriceLimits } from '#markets/pricing/pricing'
import {
  customerExposure,
  customerStake,
  feePoints,
  globalExposure,
  marketExposure,
  marketsEnabled,
  maxOdds,
  maxStake,
  minStake,
  predOf,
  slippagePoints,
} from '#markets/settings'

/** What bets are taken on; PRED in minor units. */
export interface BetTerms extends PriceLimits {
  isEnabled: boolean
  minStake: bigint
  maxStake: bigint
  /** Of all open bets of a customer in one market. */
  customerStake: bigint
  /** What the house may lose: by one customer's open bets, by one market, by all of them. */
  customerExposure: bigint
  marketExposure: bigint
  globalExposure: bigint
  /** By how much odds may have got worse since they were shown, in hundredths of a per cent. */
  slippagePoints: number
}

const READ = [
  ...[marketsEnabled, maxOdds, feePoints, slippagePoints],
  ...[minStake, maxStake, customerStake, customerExposure, marketExposure, globalExposure],
] as const

/** As the settings say: inside a transaction they are read there, since money depends on them. */
export async function readBetTerms(settings: Settings, trx?: Trx): Promise<BetTerms> {
  const values = trx
    ? await settings.getManyIn(trx, READ)
    : await Promise.all(READ.map((setting) => settings.get<any>(setting)))
  const [isEnabled, odds, fee, slippage, ...amounts] = values as [boolean, number, number, number, ...string[]]
  const [least, most, inMarket, ofCustomer, ofMarket, ofAll] = amounts.map((text, index) => {
    return predOf(text, READ[index + 4].key)
  })
  return {
    isEnabled,
    maxOdds: odds,
    feePoints: fee,
    slippagePoints: slippage,
    minStake: least.minor,
    maxStake: most.minor,
    customerStake: inMarket.minor,
    customerExposure: ofCustomer.minor,
    marketExposure: ofMarket.minor,
    globalExposure: ofAll.minor,
  }
}

/** A market has terms of its own where an admin gave it some. */
export function termsOf(market: Pick<Market, 'maxStake' | 'exposureLimit' | 'feePoints'>, terms: BetTerms): BetTerms {
  return {
    ...terms,
    maxStake: market.maxStake ?? terms.maxStake,
    marketExposure: market.exposureLimit ?? terms.marketExposure,
    feePoints: market.feePoints ?? terms.feePoints,
  }
}

import type { Settings } from '#core/contracts/settings'
import type { Money } from '#core/money/money'
import { feePoints, marketExposure, maxOdds, maxStake, predNow } from '#markets/settings'

/** What holds for markets that say nothing else. */
export interface MarketTerms {
  maxOdds: number
  feePoints: number
  maxStake: Money
  marketExposure: Money
}

export async function marketTerms(settings: Settings): Promise<MarketTerms> {
  return {
    maxOdds: await settings.get(maxOdds),
    feePoints: await settings.get(feePoints),
    maxStake: await predNow(settings, maxStake),
    marketExposure: await predNow(settings, marketExposure),
  }
}

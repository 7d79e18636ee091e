import { Money } from '#core/money/money'
import type Market from '#markets/models/market'

/** What the audit log keeps of a market: what an admin decides, not what bets change. */
export function auditedMarket(market: Market) {
  const { title, description, categoryId, endsAt, pricing, isPromoted, imageKey, feePoints } = market
  return {
    ...{ title, description, categoryId, endsAt, pricing, isPromoted, imageKey, feePoints },
    maxStake: shown(market.maxStake),
    exposureLimit: shown(market.exposureLimit),
  }
}

const shown = (minor: bigint | null) => (minor === null ? null : String(Money.of(minor, 'PRED')))

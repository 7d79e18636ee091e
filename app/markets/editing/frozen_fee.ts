import type { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import type Market from '#markets/models/market'
import { feePoints } from '#markets/settings'

/**
 * An open pool has a fee of its own from then on, whatever the setting becomes: customers bet on what they were told.
 * Call it before the market is saved.
 */
export async function freezeFee(settings: Settings, trx: Trx, market: Market) {
  if (market.status !== 'active' || market.pricing !== 'parimutuel') return
  market.feePoints ??= await settings.getIn(trx, feePoints)
}

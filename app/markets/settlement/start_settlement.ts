import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { enqueue } from '#core/database/enqueue'
import type { Trx } from '#core/database/transaction'
import { HouseExposure } from '#markets/betting/house_exposure'
import SettleMarket from '#markets/jobs/settle_market'
import type Market from '#markets/models/market'
import type MarketSettlement from '#markets/models/market_settlement'
import { SettlementRecord } from '#markets/settlement/settlement_record'

/** Begins to carry out a decision about a locked market: its state says so at once, its bets follow in steps. */
@inject()
export class StartSettlement {
  constructor(
    private clock: Clock,
    private exposure: HouseExposure,
    private record: SettlementRecord
  ) {}

  async now(trx: Trx, market: Market, settlement: MarketSettlement, actor: Actor) {
    const now = this.clock.now()
    await settlement.merge({ status: 'running', startedAt: now, progressedAt: now }).save()
    const { exposure } = market
    if (settlement.kind === 'reverse') this.#reopen(market)
    else this.#close(market, settlement, now)
    await market.merge({ updatedAt: now, revision: market.revision + 1 }).save()
    await this.record.begun(trx, market, settlement, actor)
    await enqueue(trx, SettleMarket, { settlementId: settlement.id })
    await this.exposure.add(trx, market.exposure - exposure)
  }

  #close(market: Market, { kind, result }: MarketSettlement, now: number) {
    market.closedAt ??= now
    if (kind === 'cancel') market.merge({ status: 'cancelled', cancelledAt: now })
    else market.merge({ status: 'resolved', result, resolvedAt: now })
  }

  /** The house carries its bets again from now on, whatever limits say: they were taken within them. */
  #reopen(market: Market) {
    market.merge({ settledAt: null, exposure: market.worstCase })
  }
}

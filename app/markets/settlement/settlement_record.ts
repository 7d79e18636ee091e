import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import type Market from '#markets/models/market'
import type MarketSettlement from '#markets/models/market_settlement'
import type { SettlementKind } from '#markets/values'

const REQUESTED: Record<SettlementKind, { action: string }> = {
  resolve: { action: 'market.resolution_requested' },
  cancel: { action: 'market.cancellation_requested' },
  reverse: { action: 'market.reversal_requested' },
}

const BEGUN: Record<SettlementKind, { action: string }> = {
  resolve: { action: 'market.resolved' },
  cancel: { action: 'market.cancelled' },
  reverse: { action: 'market.reversal_begun' },
}

/** What admins decide about markets, in the audit log. */
@inject()
export class SettlementRecord {
  constructor(private audit: Audit) {}

  requested(trx: Trx, market: Market, settlement: MarketSettlement, actor: Actor) {
    return this.#write(trx, REQUESTED[settlement.kind], market, settlement, actor)
  }

  begun(trx: Trx, market: Market, settlement: MarketSettlement, actor: Actor) {
    return this.#write(trx, BEGUN[settlement.kind], market, settlement, actor)
  }

  withdrawn(trx: Trx, market: Market, settlement: MarketSettlement, actor: Actor) {
    return this.#write(trx, { action: 'market.settlement_withdrawn' }, market, settlement, actor)
  }

  #write(trx: Trx, { action }: { action: string }, market: Market, settlement: MarketSettlement, actor: Actor) {
    const { reference, kind, result, bets, evidenceUrl, note, isEarly, requestedBy } = settlement
    return this.audit.record(trx, {
      ...{ actor, action, subjectType: 'market', subjectId: market.id },
      before: { status: settlement.statusBefore },
      after: {
        ...{
          status: market.status,
          settlement: reference,
          kind,
          result,
          bets,
          evidenceUrl,
          note,
          isEarly,
          requestedBy,
        },
        staked: formatMoney(settlement.stakedMoney),
        payout: formatMoney(settlement.payoutMoney),
      },
    })
  }
}

import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import type Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { SettlementRecord } from '#markets/settlement/settlement_record'
import type { Decided } from '#markets/settlement/input'
import { StartSettlement } from '#markets/settlement/start_settlement'
import { predIn, settlementApprovalAbove } from '#markets/settings'

export const SETTLEMENT_APPROVAL = 'market.settlement'
export const APPROVAL_LIFE_MS = 7 * 86_400_000

/** A decision about a market, as it is written down before anything is done. */
export type NewSettlement = Pick<MarketSettlement, 'kind' | 'bets' | 'winners' | 'staked' | 'payout'> &
  Partial<Pick<MarketSettlement, 'result' | 'reversesId' | 'evidenceUrl' | 'note' | 'isEarly' | 'fee' | 'shared'>>

/** Files a decision about a locked market: begun at once or, above a sum, once a second admin has agreed. */
@inject()
export class SettlementDesk {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private approvals: Approvals,
    private start: StartSettlement,
    private record: SettlementRecord
  ) {}

  async file(trx: Trx, market: Market, decision: NewSettlement, actor: Actor): Promise<Decided> {
    const now = this.clock.now()
    const settlement = await MarketSettlement.create(
      {
        ...decision,
        ...{ reference: newReference(), marketId: market.id, status: 'waiting', statusBefore: market.status },
        ...{ requestedBy: actor.type === 'admin' ? actor.id : null, requestedByName: actor.name, createdAt: now },
        ...{ cursorCustomerId: 0, cursorBetId: 0, doneBets: 0, donePayout: 0n, owed: 0n },
      },
      { client: trx }
    )
    const limit = await predIn(this.settings, trx, settlementApprovalAbove)
    if (actor.type !== 'admin' || settlement.payout <= limit.minor) {
      await this.start.now(trx, market, settlement, actor)
      return { status: 'running', settlement }
    }

    if (decision.kind !== 'reverse') {
      await market.merge({ status: 'closed', closedAt: market.closedAt ?? now, updatedAt: now }).save()
    }
    const approvalId = await this.approvals.request(trx, {
      ...{ action: SETTLEMENT_APPROVAL, subjectType: 'market', subjectId: market.id },
      payload: { settlementId: settlement.id },
      requestedBy: actor.id!,
      expiresAt: now + APPROVAL_LIFE_MS,
    })
    await settlement.merge({ approvalId }).save()
    await this.record.requested(trx, market, settlement, actor)
    return { status: 'awaiting_approval', settlement }
  }
}

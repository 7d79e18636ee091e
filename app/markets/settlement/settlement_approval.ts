import { inject } from '@adonisjs/core'
import i18nManager from '@adonisjs/i18n/services/main'
import { Clock } from '#core/clock'
import type { ApprovalHandler, PendingApproval } from '#core/contracts/approvals'
import { SYSTEM_ACTOR, type Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { ok, refuse, type Result } from '#core/result'
import type Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { lockSettlement } from '#markets/settlement/locks'
import { reversible } from '#markets/settlement/reversible'
import { SettlementRecord } from '#markets/settlement/settlement_record'
import { SETTLEMENT_APPROVAL } from '#markets/settlement/settlement_desk'
import { StartSettlement } from '#markets/settlement/start_settlement'

/** A second admin agrees to a large settlement: every rule is checked again, then it begins. */
@inject()
export class SettlementApproval implements ApprovalHandler {
  readonly action = SETTLEMENT_APPROVAL
  readonly permission = 'markets.resolve'

  constructor(
    private clock: Clock,
    private settings: Settings,
    private start: StartSettlement,
    private record: SettlementRecord
  ) {}

  async describe({ payload }: PendingApproval) {
    const settlement = await MarketSettlement.findOrFail(payload.settlementId)
    await settlement.load('market')
    const { kind, result, bets, evidenceUrl, note, market } = settlement
    return {
      title: words('title', { kind, result: result ?? 'none', market: market.title }),
      facts: [
        { label: words('bets'), value: String(bets) },
        { label: words(kind === 'reverse' ? 'taken_back' : 'payout'), value: formatMoney(settlement.payoutMoney) },
        { label: words('staked'), value: formatMoney(settlement.stakedMoney) },
        ...(evidenceUrl ? [{ label: words('evidence'), value: evidenceUrl }] : []),
        ...(note ? [{ label: words('note'), value: note }] : []),
      ],
      link: { route: 'admin.markets.show', params: [market.reference] },
    }
  }

  /** Refuses `settlement_not_waiting`, `preview_stale`, `nothing_to_reverse` or `reversal_window_over`. */
  async execute(trx: Trx, { payload }: PendingApproval, approver: Actor): Promise<Result<MarketSettlement>> {
    const { market, settlement } = await lockSettlement(trx, Number(payload.settlementId))
    if (settlement.status !== 'waiting') return refuse('settlement_not_waiting')
    const fault = await this.#fault(trx, market, settlement)
    if (fault) return fault
    settlement.merge({ approvedBy: approver.id, approvedByName: approver.name })
    await this.start.now(trx, market, settlement, approver)
    return ok(settlement)
  }

  rejected(trx: Trx, approval: PendingApproval, actor: Actor) {
    return this.#withdraw(trx, approval, actor)
  }

  expired(trx: Trx, approval: PendingApproval) {
    return this.#withdraw(trx, approval, SYSTEM_ACTOR)
  }

  async #fault(trx: Trx, market: Market, settlement: MarketSettlement) {
    if (settlement.kind === 'reverse') {
      const undone = await reversible(trx, market, this.settings, this.clock.now())
      if (!undone.ok) return undone
      return undone.value.id === settlement.reversesId ? null : refuse('preview_stale')
    }
    const isAsSeen = market.bets === settlement.bets && market.pool.minor === settlement.staked
    return market.status === 'closed' && isAsSeen ? null : refuse('preview_stale')
  }

  /** Nobody agreed: the market is as it was, active only if its end has not come meanwhile. */
  async #withdraw(trx: Trx, { payload }: PendingApproval, actor: Actor) {
    const { market, settlement } = await lockSettlement(trx, Number(payload.settlementId))
    if (settlement.status !== 'waiting') return
    const now = this.clock.now()
    await settlement.merge({ status: 'withdrawn' }).save()
    if (settlement.kind !== 'reverse' && settlement.statusBefore === 'active' && now < market.endsAt) {
      market.merge({ status: 'active', closedAt: null })
    }
    await market.merge({ updatedAt: now }).save()
    await this.record.withdrawn(trx, market, settlement, actor)
  }
}

const words = (key: string, params?: Record<string, string>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.settlements.${key}`, params)

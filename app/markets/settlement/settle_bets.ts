import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { Outbox } from '#core/contracts/outbox'
import { Ledger } from '#ledger/ledger'
import type { TransferInput } from '#ledger/transfer_input'
import { TrackRecords } from '#markets/bettors/track_records'
import type Market from '#markets/models/market'
import type MarketSettlement from '#markets/models/market_settlement'
import { payoutOf, refundOf } from '#markets/settlement/bet_transfers'
import { CustomerBalances } from '#markets/settlement/debts'
import { markBets } from '#markets/settlement/mark_bets'
import { settledNotice } from '#markets/settlement/notices'
import { decisionOf, settle } from '#markets/settlement/payout'
import { posted } from '#markets/settlement/posted'
import type { BetRow } from '#markets/settlement/settled_rows'

/**
 * Settles some bets: statistics, the news of them, money, and the bets themselves. Money comes late, since every bet
 * that is placed waits for the house's account.
 */
@inject()
export class SettleBets {
  constructor(
    private clock: Clock,
    private ledger: Ledger,
    private outbox: Outbox,
    private records: TrackRecords,
    private balances: CustomerBalances
  ) {}

  async work(trx: Trx, market: Market, settlement: MarketSettlement, rows: readonly BetRow[]) {
    const decision = decisionOf(market, settlement.result, settlement.shared)
    const bets = rows.map((row) => ({ row, ...settle(row, decision) }))
    const settled = bets.map(({ row: { id, customerId, stake, potential }, status, payout }) => {
      return { betId: id, customerId, status, stake, potential, payout }
    })
    await this.records.betsSettled(trx, market, settlement.startedAt!, settled)

    const paid = bets.filter(({ status }) => status !== 'lost')
    const owners = paid.map(({ row }) => row.customerId)
    const debts = await this.balances.debts(trx, owners)
    const transfers = new Map<number, Given>()
    for (const { row, status, payout } of paid) {
      const { id, decidedBy: actor } = settlement
      const given = status === 'won' ? payoutOf(row, payout, id, debts, actor) : refundOf(row, id, debts, actor)
      if (given) transfers.set(row.id, given)
    }
    const cause = { market, result: settlement.result, settlementId: settlement.id }
    await this.outbox.write(
      trx,
      bets.map((bet) => settledNotice(cause, bet, transfers.get(bet.row.id)))
    )
    const ids = await posted(
      this.ledger,
      trx,
      [...transfers].map(([id, { transfer }]) => [id, transfer])
    )

    const marks = bets.map(({ row, status, payout }) => {
      return { id: row.id, status, payout, transferId: ids.get(row.id) ?? null }
    })
    await markBets(trx, marks, { settlementId: settlement.id, at: this.clock.now() })
    return { payout: bets.reduce((sum, { payout }) => sum + payout, 0n), owed: 0n }
  }
}

interface Given {
  transfer: TransferInput
  paidOff: bigint
}

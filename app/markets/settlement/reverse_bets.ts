import { inject } from '@adonisjs/core'
import type { Trx } from '#core/database/transaction'
import { Outbox } from '#core/contracts/outbox'
import { Ledger } from '#ledger/ledger'
import { TrackRecords } from '#markets/bettors/track_records'
import type { SettledBet } from '#markets/bettors/settled_bet'
import type Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { HOUSE, reversalOf } from '#markets/settlement/bet_transfers'
import { CustomerBalances } from '#markets/settlement/debts'
import { markBets } from '#markets/settlement/mark_bets'
import { reversedNotice } from '#markets/settlement/notices'
import { posted } from '#markets/settlement/posted'
import { receivedBy } from '#markets/settlement/received'
import type { BetRow } from '#markets/settlement/settled_rows'

/** Undoes the settlement of some bets, which are open again then. */
@inject()
export class ReverseBets {
  constructor(
    private ledger: Ledger,
    private outbox: Outbox,
    private records: TrackRecords,
    private balances: CustomerBalances
  ) {}

  async work(trx: Trx, market: Market, reversal: MarketSettlement, rows: readonly BetRow[]) {
    const undone = await MarketSettlement.findOrFail(reversal.reversesId, { client: trx })
    await markBets(
      trx,
      rows.map(({ id }) => ({ id, status: 'open', payout: null, transferId: null })),
      null
    )
    await this.records.betsReversed(trx, market, undone.startedAt!, rows.map(toSettledBet))

    const paid = rows.filter(({ settlementTransferId }) => settlementTransferId !== null)
    const received = await receivedBy(trx, paid)
    const owners = paid.map(({ customerId }) => customerId)
    const balances = await this.balances.locked(trx, owners, paid.length > 0 ? [HOUSE] : [])
    const reversals = new Map(
      paid.map((bet) => [
        bet.id,
        reversalOf(bet, received.get(bet.settlementTransferId!)!, reversal.id, balances, reversal.decidedBy),
      ])
    )
    await posted(
      this.ledger,
      trx,
      [...reversals].map(([id, { transfer }]) => [id, transfer])
    )

    await this.outbox.write(
      trx,
      rows.map((bet) =>
        reversedNotice({ market, settlementId: reversal.id }, bet, reversals.get(bet.id)?.missing ?? 0n)
      )
    )
    return {
      payout: rows.reduce((sum, { payout }) => sum + payout!, 0n),
      owed: [...reversals.values()].reduce((sum, { missing }) => sum + missing, 0n),
    }
  }
}

const toSettledBet = ({ id, customerId, status, stake, potential, payout }: BetRow): SettledBet => ({
  ...{ betId: id, customerId, stake, potential, payout: payout! },
  status: status as SettledBet['status'],
})

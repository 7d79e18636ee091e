import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { ReverseBets } from '#markets/settlement/reverse_bets'
import { batchSize, nextBets } from '#markets/settlement/settled_rows'
import { SettleBets } from '#markets/settlement/settle_bets'

/** `through`: no bet is left; `stopped`: it does not run, or is over. */
export type BatchProgress = 'more' | 'through' | 'stopped'

/**
 * One step of a settlement: some bets and the cursor in one transaction, so that one which was killed goes on where it
 * was. Its row is locked: a second worker waits and then takes the next step.
 */
@inject()
export class SettleBatch {
  constructor(
    private clock: Clock,
    private settleBets: SettleBets,
    private reverseBets: ReverseBets
  ) {}

  async handle(settlementId: number): Promise<BatchProgress> {
    return transaction(async (trx) => {
      const settlement = await MarketSettlement.query({ client: trx }).where('id', settlementId).forUpdate().first()
      if (settlement?.status !== 'running') return 'stopped'
      const rows = await nextBets(trx, settlement)
      const last = rows.at(-1)
      if (!last) return 'through'

      const market = await Market.findOrFail(settlement.marketId, { client: trx })
      const worker = settlement.kind === 'reverse' ? this.reverseBets : this.settleBets
      const { payout, owed } = await worker.work(trx, market, settlement, rows)
      await settlement
        .merge({
          ...{ cursorCustomerId: last.customerId, cursorBetId: last.id },
          doneBets: settlement.doneBets + rows.length,
          donePayout: settlement.donePayout + payout,
          owed: settlement.owed + owed,
          progressedAt: this.clock.now(),
        })
        .save()
      return rows.length < batchSize() ? 'through' : 'more'
    })
  }
}

import { inject } from '@adonisjs/core'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { readNote, type Decided, type DecisionInput } from '#markets/settlement/input'
import { findMarket, lockMarket } from '#markets/settlement/locks'
import { seenOf } from '#markets/settlement/plan'
import { maySettle } from '#markets/settlement/rules'
import { SettlementDesk } from '#markets/settlement/settlement_desk'

/**
 * Ends a market without a result, for a reason: everybody gets their stake back; above the sum of the settings once a
 * second admin has agreed. Refuses `note_required`, `note_too_long`, `market_not_found`, `market_is_draft`,
 * `already_resolved`, `already_cancelled`, `settlement_waiting`, `settlement_running`, or `preview_stale` when bets
 * came in since.
 */
@inject()
export class CancelMarket {
  constructor(private desk: SettlementDesk) {}

  async handle(input: DecisionInput): Promise<Result<Decided>> {
    const note = readNote(input.note, true)
    if (!note.ok) return note
    const found = await findMarket(input)
    if (!found) return refuse('market_not_found')

    return transaction(async (trx) => {
      const market = await lockMarket(trx, found.id)
      const free = await maySettle(trx, market)
      if (!free.ok) return free
      const [bets, staked] = [market.bets, market.pool.minor]
      if (input.expected !== null && input.expected !== seenOf(bets, staked)) return refuse('preview_stale')
      const decision = { kind: 'cancel' as const, note: note.value, bets, winners: 0, staked, payout: staked }
      return ok(await this.desk.file(trx, market, decision, input.actor))
    })
  }
}

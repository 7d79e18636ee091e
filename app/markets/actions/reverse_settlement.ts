import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { readNote, type Decided, type DecisionInput } from '#markets/settlement/input'
import { findMarket, lockMarket } from '#markets/settlement/locks'
import { seenOf } from '#markets/settlement/plan'
import { reversible } from '#markets/settlement/reversible'
import { notBeingSettled } from '#markets/settlement/rules'
import { SettlementDesk } from '#markets/settlement/settlement_desk'

/**
 * Undoes the settlement of a market, for a reason: money is taken back, what has been spent is owed, its bets are open
 * again and the market is closed; above the sum of the settings once a second admin has agreed. Refuses
 * `note_required`, `note_too_long`, `market_not_found`, `settlement_waiting`, `settlement_running`,
 * `nothing_to_reverse`, `reversal_window_over {hours}` or `preview_stale`.
 */
@inject()
export class ReverseSettlement {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private desk: SettlementDesk
  ) {}

  async handle(input: DecisionInput): Promise<Result<Decided>> {
    const note = readNote(input.note, true)
    if (!note.ok) return note
    const found = await findMarket(input)
    if (!found) return refuse('market_not_found')

    return transaction(async (trx) => {
      const market = await lockMarket(trx, found.id)
      const free = await notBeingSettled(trx, market)
      if (!free.ok) return free
      const undone = await reversible(trx, market, this.settings, this.clock.now())
      if (!undone.ok) return undone
      const { id: reversesId, doneBets: bets, donePayout: payout, winners, staked } = undone.value
      if (input.expected !== null && input.expected !== seenOf(bets, payout)) return refuse('preview_stale')
      const decision = { kind: 'reverse' as const, reversesId, note: note.value, bets, winners, staked, payout }
      return ok(await this.desk.file(trx, market, decision, input.actor))
    })
  }
}

import type { MessageParams, OutboxMessage } from '#core/contracts/outbox'
import type Market from '#markets/models/market'
import { pred } from '#markets/settlement/bet_transfers'
import type { BetRow } from '#markets/settlement/settled_rows'
import type { Outcome } from '#markets/values'

interface Settled {
  row: BetRow
  status: 'won' | 'lost' | 'refunded'
  payout: bigint
}

interface Cause {
  market: Market
  settlementId: number
}

/** One message a bet: won, lost, or given back. */
export function settledNotice(
  cause: Cause & { result: Outcome | null },
  { row, status, payout }: Settled,
  paid?: { paidOff: bigint }
): OutboxMessage {
  const stake = pred(row.stake)
  const outcome = row.outcome
  if (status === 'lost') {
    return notice(cause, row, 'BET_LOST', 'bet_lost', { outcome, result: cause.result!, stake })
  }
  const paidOff = paid?.paidOff ?? 0n
  const debts = { paid_off: pred(paidOff), has_paid_off: paidOff > 0n ? 'yes' : 'no' }
  if (status === 'refunded') {
    const why = cause.result ? 'nobody_won' : 'cancelled'
    return notice(cause, row, 'MARKET_RESOLVED', 'bet_refunded', { stake, why, ...debts })
  }
  return notice(cause, row, 'BET_WON', 'bet_won', { outcome, stake, payout: pred(payout), ...debts })
}

/** The bet is open again; what it had brought is taken back, or owed. */
export function reversedNotice(cause: Cause, row: BetRow, missing: bigint): OutboxMessage {
  return notice(cause, row, 'MARKET_RESOLVED', 'bet_reversed', {
    ...{ stake: pred(row.stake), taken: pred(row.payout!), owed: pred(missing) },
    has_taken: row.payout! > 0n ? 'yes' : 'no',
    has_owed: missing > 0n ? 'yes' : 'no',
  })
}

const notice = (
  { market, settlementId }: Cause,
  bet: BetRow,
  type: OutboxMessage['type'],
  template: string,
  params: MessageParams
): OutboxMessage => ({
  ...{ type, template, chatId: bet.chatId, customerId: bet.customerId },
  params: { title: market.title, ...params },
  buttons: [[{ action: 'bet', id: bet.reference }], [{ action: 'markets' }]],
  dedupeKey: `settlement:${settlementId}:bet:${bet.id}`,
})

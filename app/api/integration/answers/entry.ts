import type RaffleEntry from '#raffles/models/raffle_entry'
import { isoOf } from '#api/integration/answers/instants'

/** An entry as programs read it. */
export const entryAnswer = (entry: RaffleEntry, tgId: number | null) => ({
  entry_id: entry.reference,
  tg_id: tgId,
  status: entry.status,
  reason: entry.reason,
  raffle_id: entry.raffle?.reference ?? null,
  round: entry.raffle?.round ?? null,
  fee: entry.money.toDecimal(),
  currency: 'USDT',
  tx_hash: entry.txHash,
  block_number: entry.blockNumber,
  created_at: isoOf(entry.createdAt),
  confirmed_at: isoOf(entry.confirmedAt),
})

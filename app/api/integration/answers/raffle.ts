import type { CurrentRaffle } from '#raffles/queries/current_raffle_query'
import type Raffle from '#raffles/models/raffle'
import { isoOf } from '#api/integration/answers/instants'

/** The current round as programs read it. */
export const raffleAnswer = ({ raffle, fee, pool, participants, nextDrawAt, draw }: CurrentRaffle) => ({
  raffle_id: raffle.reference,
  round: raffle.round,
  status: raffle.status,
  entrance_fee: fee.toDecimal(),
  pool: pool.toDecimal(),
  currency: 'USDT',
  participants,
  contract: raffle.contractKey,
  chain_id: raffle.chainId,
  opened_at: isoOf(raffle.openedAt),
  next_draw_at: isoOf(nextDrawAt),
  draw: draw && { draw_id: draw.reference, status: draw.status, tx_hash: draw.txHash },
})

/** A round that is over. Whoever won is told by the address: it is public on the chain, the person is not. */
export const winnerAnswer = (raffle: Raffle) => ({
  raffle_id: raffle.reference,
  round: raffle.round,
  winner_address: raffle.winnerKey,
  prize: raffle.prizeMoney?.toDecimal() ?? null,
  currency: 'USDT',
  participants: raffle.participants,
  tx_hash: raffle.closedTx,
  block_number: raffle.closedBlock,
  finished_at: isoOf(raffle.finishedAt),
})

import { Money } from '#core/money/money'
import type Raffle from '#raffles/models/raffle'
import type { DrawFacts } from '#raffles/receipt/draw_facts'
import { firstWord } from '#raffles/receipt/random_word'

export const RECEIPT_CHECKS = ['request', 'answer', 'word', 'players', 'winner', 'prize'] as const
export type ReceiptCheckName = (typeof RECEIPT_CHECKS)[number]

export interface ReceiptCheck {
  name: ReceiptCheckName
  holds: boolean
  /** What our records say, or what follows from the numbers. */
  ours: string
  chain: string
}

export interface DrawReceipt {
  raffle: Raffle
  /** Null while they are still being read from the chain. */
  facts: DrawFacts | null
  /** Made of the coordinator's seed anew. */
  word: bigint | null
  /** Place of the winner among the players, from 0: the word's remainder by their number. */
  index: number | null
  winner: string | null
  checks: ReceiptCheck[]
  /** Every check holds. */
  isProven: boolean
}

/** Draws again with the chain's numbers, and compares each step with what it and our records say. */
export async function replay(raffle: Raffle, facts: DrawFacts | null): Promise<DrawReceipt> {
  if (!facts) return { raffle, facts, word: null, index: null, winner: null, checks: [], isProven: false }
  const { seed } = facts.answer
  const word = seed === null ? null : await firstWord(BigInt(seed))
  const count = facts.players.length
  const index = word === null || count === 0 ? null : Number(word % BigInt(count))
  const winner = index === null ? null : facts.players[index].address
  const checks = checksOf(raffle, facts, { word, winner })
  return { raffle, facts, word, index, winner, checks, isProven: checks.every(({ holds }) => holds) }
}

function checksOf(
  raffle: Raffle,
  facts: DrawFacts,
  { word, winner }: { word: bigint | null; winner: string | null }
): ReceiptCheck[] {
  const { answer, request, players } = facts
  const same = (name: ReceiptCheckName, ours: string, chain: string): ReceiptCheck => {
    return { name, holds: ours === chain, ours, chain }
  }
  const recomputed = winner?.toLowerCase() ?? ''
  return [
    same('request', `${raffle.requestId} ${raffle.requestedBlock}`, `${facts.requestId} ${request.block}`),
    {
      name: 'answer',
      holds: answer.hasSucceeded === true && answer.block === raffle.closedBlock,
      ours: String(raffle.closedBlock),
      chain: String(answer.block),
    },
    { ...same('word', String(word), facts.storedWord ?? String(word)), ...(word === null && { holds: false }) },
    same('players', String(raffle.participants), String(players.length)),
    {
      name: 'winner',
      holds: recomputed === facts.winner.toLowerCase() && recomputed === raffle.winnerKey,
      ours: recomputed,
      chain: facts.winner.toLowerCase(),
    },
    same('prize', raffle.prizeMoney?.toDecimal() ?? '', Money.of(BigInt(facts.prize), 'USDT').toDecimal()),
  ]
}

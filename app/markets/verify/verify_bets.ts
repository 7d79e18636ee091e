import { BETS_SQL, type BetRow } from '#markets/verify/bet_row'
import { differences, type Offence, type Tally } from '#markets/verify/offence'
import { windows } from '#markets/verify/windows'

const BETS = 2000

/**
 * Each bet was paid once, by the parts it names; each settled one has exactly one settlement that stands, with the
 * right sum, and at most the share of it that was bought is money.
 */
export async function* verifyBets(tally: Tally, signal?: AbortSignal): AsyncGenerator<Offence> {
  for await (const rows of windows<BetRow>(BETS_SQL, { table: 'bets', size: BETS, signal })) {
    tally.bets += rows.length
    for (const row of rows) {
      yield* faultsOfStake(row)
      yield* faultsOfSettlement(row)
    }
  }
}

function* faultsOfStake(row: BetRow): Generator<Offence> {
  const subject = `bet ${row.reference}`
  if (row.stakes !== 1) yield { subject, fault: `was paid by ${row.stakes} transfers` }
  yield* differences(subject, 'its parts', [['stake', row.stake, row.granted + row.bought]])
  yield* differences(subject, 'its entries', [
    ['granted', row.granted, row.taken_granted],
    ['bought', row.bought, row.taken_bought],
  ])
  if (row.position_id === null) yield { subject, fault: `has no position in market ${row.market}` }
  if (row.bettor_id === null) yield { subject, fault: 'is of nobody with a record' }
}

function* faultsOfSettlement(row: BetRow): Generator<Offence> {
  const subject = `bet ${row.reference}`
  const due = dueOf(row)
  const transfers = due !== null && due.granted + due.bought > 0n ? 1 : 0
  if (row.settlements !== transfers) {
    yield { subject, fault: `is ${row.status} with ${row.settlements} settlements that stand instead of ${transfers}` }
  }
  yield* differences(subject, 'its settlements', [['transfer', row.settlement_transfer_id, row.effective_id]])
  yield* differences(subject, `the rules of a bet that is ${row.status}`, [
    ['payout', row.payout, due === null ? null : due.granted + due.bought],
  ])
  const [granted, bought] = due === null ? [0n, 0n] : [due.granted, due.bought]
  if (BigInt(row.given_granted) !== granted || BigInt(row.given_bought) !== bought) {
    const given = `${row.given_granted} granted and ${row.given_bought} bought`
    yield { subject, fault: `was given ${given} instead of ${granted} and ${bought}` }
  }
  const fault = faultOfStatus(row)
  if (fault) yield { subject, fault }
}

/** What it must have brought; null while it is open. A share of a pool is proven with the fee of its market. */
function dueOf({ status, pricing, ...row }: BetRow) {
  const [stake, bought] = [BigInt(row.stake), BigInt(row.bought)]
  if (status === 'open') return null
  if (status === 'lost') return { granted: 0n, bought: 0n }
  if (status === 'refunded') return { granted: BigInt(row.granted), bought }
  const payout = BigInt((pricing === 'fixed_odds' ? row.potential : row.payout) ?? 0)
  const money = (payout * bought) / stake
  return { granted: payout - money, bought: money }
}

function faultOfStatus(row: BetRow) {
  const { status, outcome, result, settlement_id: settlementId } = row
  if (status === 'open') return settlementId === null && row.settled_at === null ? null : 'is open and settled'
  if (settlementId === null || row.settled_at === null) return `is ${status} by no settlement`
  if (row.is_of_market !== 1) return `is ${status} by a settlement of another market`
  if (!['running', 'done'].includes(row.settlement_status!)) return `is ${status} by a settlement that never began`
  if (row.reversed_at !== null) return `is ${status} by a settlement that was reversed`
  if (status === 'refunded') return null
  return (status === 'won') === (outcome === result) ? null : `is ${status} on ${outcome} where the result is ${result}`
}

import type { Query } from '#tests/bench/support/query'

interface BetFacts {
  reference: string
  outcome: string
  status: string
  potential: number
  payout: number | null
  transfers: number
  paid: number
  messages: number
}

/** Bets beside what reached their customers, without asking the product. */
const FACTS = (settlementId: number) => `SELECT b.reference, b.outcome, b.status, b.potential, b.payout,
    (SELECT COUNT(*) FROM ledger_transfers t WHERE t.reference_type = 'bet' AND t.reference_id = b.reference
      AND t.kind <> 'bet') AS transfers,
    (SELECT CAST(COALESCE(SUM(e.amount), 0) AS bigint) FROM ledger_transfers t
      JOIN ledger_entries e ON e.transfer_id = t.id JOIN ledger_accounts a ON a.id = e.account_id
      WHERE t.reference_type = 'bet' AND t.reference_id = b.reference AND t.kind <> 'bet'
      AND a.customer_id = b.customer_id) AS paid,
    (SELECT COUNT(*) FROM notifications n WHERE n.dedupe_key = 'settlement:${settlementId}:bet:' || b.id
      OR (n.customer_id = b.customer_id AND n.template LIKE 'bet_%'
        AND CAST(n.buttons AS text) LIKE '%' || b.reference || '%')) AS messages
  FROM bets b ORDER BY b.id`

/** Every bet on YES has brought its win once, the others nothing, and each was told of once. */
export async function proofOf(query: Query, settlementId: number) {
  const [lost, doubled]: [string[], string[]] = [[], []]
  for (const bet of await query<BetFacts & Record<string, any>>(FACTS(settlementId))) {
    const due = bet.outcome === 'YES' ? bet.potential : 0
    const transfers = due > 0 ? 1 : 0
    const name = `bet ${bet.reference}`
    if (bet.status === 'open') lost.push(`${name} is open`)
    if (bet.paid < due) lost.push(`${name} brought ${bet.paid} of ${due}`)
    if (bet.messages < 1) lost.push(`${name} was not told of`)
    if (bet.paid > due) doubled.push(`${name} brought ${bet.paid} where ${due} were due`)
    if (bet.transfers > transfers) doubled.push(`${name} was paid by ${bet.transfers} transfers`)
    if (bet.messages > 1) doubled.push(`${name} was told of ${bet.messages} times`)
  }
  return { lost, doubled }
}

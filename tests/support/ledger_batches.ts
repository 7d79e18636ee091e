import fc from 'fast-check'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import type { Result } from '#core/result'
import { granted, owedGranted, receivable, system, wallet, type AccountRef } from '#ledger/accounts'
import type { Posted, TransferInput } from '#ledger/transfer_input'
import { ledgerOf, pred } from '#tests/support/ledger'

/** Accounts by place: two of each of two customers, what the first owes, and two of the house. */
const PLACES = 8

interface Drawn {
  moves: Array<{ from: number; shift: number; amount: number }>
  key: number
  correct: number | null
}

/** Few keys and little money, so that repetitions, conflicts and refusals happen. */
export const anyBatch: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    moves: fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: PLACES - 1 }),
        shift: fc.integer({ min: 1, max: PLACES - 1 }),
        amount: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 1, maxLength: 3 }
    ),
    key: fc.integer({ min: 0, max: 20 }),
    correct: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 12, nil: null }),
  }),
  { minLength: 1, maxLength: 14 }
)

const placesOf = ([one, other]: readonly number[]): AccountRef[] => [
  ...[wallet(one, 'PRED'), granted(one), wallet(other, 'PRED'), granted(other), receivable(one, 'PRED')],
  ...[owedGranted(one), system('house', 'PRED'), system('fees', 'PRED')],
]

/** As the ledger takes them; what nets to nothing is left out, since it would throw. */
export function batchOf(drawn: readonly Drawn[], customers: readonly number[]): TransferInput[] {
  const places = placesOf(customers)
  return drawn.flatMap(({ moves, key, correct }) => {
    const nets = new Map<number, number>()
    for (const { from, shift, amount } of moves) {
      const to = (from + shift) % PLACES
      nets.set(from, (nets.get(from) ?? 0) - amount)
      nets.set(to, (nets.get(to) ?? 0) + amount)
    }
    if ([...nets.values()].every((net) => net === 0)) return []
    const postings = moves.map(({ from, shift, amount }) => ({
      from: places[from],
      to: places[(from + shift) % PLACES],
      amount: pred(amount),
    }))
    const common = { key: `batch:${key}`, postings, actor: SYSTEM_ACTOR }
    const reference = key % 2 ? { type: 'bet', id: key } : null
    return [{ ...common, kind: correct ? 'bet_refund' : 'bet_payout', reference, corrects: correct }]
  })
}

class RolledBack extends Error {
  constructor(readonly result: Result<Posted[]>) {
    super('Rolled back')
  }
}

/** All or nothing, as a caller does: in one transaction that is rolled back when something is refused. */
export async function postTogether(inputs: readonly TransferInput[], how: 'at once' | 'one by one') {
  const ledger = await ledgerOf()
  try {
    return await transaction(async (trx) => {
      const result = how === 'at once' ? await ledger.transferAll(trx, inputs) : await singly(inputs, trx)
      if (!result.ok) throw new RolledBack(result)
      return result
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.result
    throw error
  }
}

async function singly(
  inputs: readonly TransferInput[],
  trx: Parameters<Parameters<typeof transaction>[0]>[0]
): Promise<Result<Posted[]>> {
  const ledger = await ledgerOf()
  const value: Posted[] = []
  for (const input of inputs) {
    const result = await ledger.transfer(trx, input)
    if (!result.ok) return result
    value.push(result.value)
  }
  return { ok: true, value }
}

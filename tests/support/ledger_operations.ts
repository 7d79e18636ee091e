import fc from 'fast-check'
import app from '@adonisjs/core/services/app'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import type { Result } from '#core/result'
import { system, wallet } from '#ledger/accounts'
import { Holds } from '#ledger/holds/holds'
import { fund, grant, ledgerOf, pred, revenue, ton, transfer } from '#tests/support/ledger'

/** One thing that somebody does to the money of a few customers; holds are named by the order they were made in. */
export type Operation =
  | { do: 'fund' | 'grant' | 'buy' | 'bet'; who: number; amount: number; key: number }
  | { do: 'give'; who: number; to: number; amount: number; key: number }
  | { do: 'split'; who: number; amount: number; key: number }
  | { do: 'reserve'; who: number; amount: number; key: number }
  | { do: 'settle' | 'void' | 'begin' | 'expire'; hold: number; key: number }

const who = fc.integer({ min: 0, max: 3 })
const amount = fc.integer({ min: 1, max: 60 })
const key = fc.integer({ min: 0, max: 400 })
const hold = fc.integer({ min: 1, max: 12 })

export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('fund', 'grant', 'buy', 'bet'), who, amount, key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('give' as const), who, to: who, amount, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('split' as const), who, amount, key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reserve' as const), who, amount, key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('settle', 'void', 'begin', 'expire'), hold, key }) }
) as fc.Arbitrary<Operation>

/** Does it in a transaction of its own; answers whether it was not refused. */
export async function perform(operation: Operation, customers: readonly number[], run: string): Promise<boolean> {
  const result = await (isOfHold(operation) ? toHold(operation, run) : toCustomer(operation, customers, run))
  return result === null || result.ok
}

const isOfHold = (operation: Operation): operation is Extract<Operation, { hold: number }> => 'hold' in operation

async function toCustomer(
  operation: Exclude<Operation, { hold: number }>,
  customers: readonly number[],
  run: string
): Promise<Result<unknown> | null> {
  const customerId = customers[operation.who]
  const from = wallet(customerId, 'TON')
  const common = { key: `${run}:${operation.key}`, actor: SYSTEM_ACTOR }
  const move = (to: ReturnType<typeof wallet>) =>
    transfer({ ...common, kind: 'purchase', postings: [{ from, to, amount: ton(operation.amount) }] })
  switch (operation.do) {
    case 'fund':
      await fund(customerId, ton(operation.amount))
      return null
    case 'grant':
      await grant(customerId, pred(operation.amount))
      return null
    case 'buy':
      return move(revenue('TON'))
    case 'give':
      return customers[operation.to] === customerId ? null : move(wallet(customers[operation.to], 'TON'))
    case 'split':
      return transfer({
        ...common,
        kind: 'purchase',
        postings: [
          { from, to: revenue('TON'), amount: ton(operation.amount) },
          { from, to: system('fees', 'TON'), amount: ton(1) },
          { from: system('house', 'TON'), to: revenue('TON'), amount: ton(operation.amount) },
        ],
      })
    case 'bet':
      return inLedger((ledger, trx) =>
        ledger.spend(trx, {
          ...{ ...common, kind: 'purchase', customerId, amount: pred(operation.amount) },
          to: system('house', 'PRED'),
        })
      )
    case 'reserve':
      return inLedger((ledger, trx) =>
        ledger.reserve(trx, { ...common, customerId, amount: ton(operation.amount), kind: 'withdrawal', expiresAt: 1 })
      )
  }
}

async function toHold({ do: what, hold: holdId, key: number }: Extract<Operation, { hold: number }>, run: string) {
  const input = { key: `${run}:${number}`, holdId, actor: SYSTEM_ACTOR }
  if (what === 'settle') return inLedger((ledger, trx) => ledger.settleHold(trx, { ...input, to: revenue('TON') }))
  if (what === 'void') return inLedger((ledger, trx) => ledger.voidHold(trx, input))
  if (what === 'begin') return inLedger((ledger, trx) => ledger.startHoldEffect(trx, holdId))
  const holds = await app.container.make(Holds)
  await transaction((trx) => holds.expire(trx, holdId, SYSTEM_ACTOR))
  return null
}

type Ledger = Awaited<ReturnType<typeof ledgerOf>>
type Trx = Parameters<Parameters<typeof transaction>[0]>[0]

async function inLedger(work: (ledger: Ledger, trx: Trx) => Promise<Result<unknown>>) {
  const ledger = await ledgerOf()
  return transaction((trx) => work(ledger, trx))
}

import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import type { Result } from '#core/result'
import { granted, system, wallet, type AccountRef, type SystemAccount } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type { TransferInput } from '#ledger/transfer_input'
import { CustomerFactory } from '#database/factories/customer_factory'

export const ledgerOf = () => app.container.make(Ledger)

let keys = 0

/** A key that no other transfer of this run has. */
export const freshKey = () => `test:${process.pid}:${++keys}`

export const ton = (minor: bigint | number) => Money.of(BigInt(minor), 'TON')
export const pred = (minor: bigint | number) => Money.of(BigInt(minor), 'PRED')

/** A transfer of its own transaction; what is left out has an ordinary value. */
export async function transfer(input: Pick<TransferInput, 'postings'> & Partial<TransferInput>) {
  const ledger = await ledgerOf()
  return transaction((trx) => ledger.transfer(trx, { kind: 'top_up', key: freshKey(), actor: SYSTEM_ACTOR, ...input }))
}

/** The value of a result that must not be a refusal. */
export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code} ${JSON.stringify(result.refusal.params ?? {})}`)
  return result.value
}

/** Money out of nowhere: from a system account into a customer's wallet. */
export async function fund(customerId: number, amount: Money, from: SystemAccount = 'clearing:sandbox') {
  const to = wallet(customerId, amount.currency)
  return accepted(await transfer({ postings: [{ from: system(from, amount.currency), to, amount }] }))
}

/** Points given for nothing. */
export async function grant(customerId: number, amount: Money) {
  const posting = { from: system('issuance', 'PRED'), to: granted(customerId), amount }
  return accepted(await transfer({ kind: 'grant', postings: [posting] }))
}

export async function balanceOf(account: AccountRef): Promise<bigint> {
  const ledger = await ledgerOf()
  const { minor } = await ledger.balance(db, account)
  return minor
}

export async function newCustomerId(): Promise<number> {
  const { id } = await CustomerFactory.create()
  return id
}

export const revenue = (currency: Currency) => system('revenue', currency)

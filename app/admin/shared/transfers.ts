import db from '@adonisjs/lucid/services/db'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import type { TransferKind } from '#ledger/transfer_kinds'
import { nameOf } from '#admin/customers/customers_list'
import { accountText } from '#admin/shared/account_words'
import { rowMoney } from '#admin/shared/row_money'

export interface EntryView {
  transferId: number
  account: string
  accountId: number
  money: Money
  /** Of the account, after it. */
  balance: Money
}

export interface TransferView {
  id: number
  kind: TransferKind
  actor: string
  note: string | null
  at: number
  entries: EntryView[]
}

interface Cause {
  type: string
  ids: Array<string | number>
}

/** Transfers of the ledger that something caused, or that it names itself, in the order in which they were posted. */
export async function transfersOf(cause: Cause, named: Array<number | null> = []): Promise<TransferView[]> {
  const transfers = await db
    .from('ledger_transfers')
    .where((either) => {
      either.where((caused) => {
        caused.where('reference_type', cause.type).whereIn('reference_id', cause.ids.map(String))
      })
      either.orWhereIn(
        'id',
        named.filter((id) => id !== null)
      )
    })
    .orderBy('id')
  const entries = await entriesOf(transfers.map(({ id }) => id))
  return transfers.map(({ id, kind, actor_name: actor, note, created_at: at }) => ({
    ...{ id, kind, actor, note, at },
    entries: entries.filter(({ transferId }) => transferId === id),
  }))
}

/** What the transfers moved, with the accounts in words. */
export async function entriesOf(transferIds: number[], trx?: Trx): Promise<EntryView[]> {
  const rows = await (trx ?? db)
    .from('ledger_entries as entries')
    .join('ledger_accounts as accounts', 'accounts.id', 'entries.account_id')
    .leftJoin('customers', 'customers.id', 'accounts.customer_id')
    .whereIn('entries.transfer_id', transferIds)
    .orderBy('entries.id')
    .select('entries.transfer_id', 'entries.amount', 'entries.balance', 'entries.currency', 'entries.account_id')
    .select('accounts.kind', 'accounts.name', 'accounts.customer_id')
    .select('customers.first_name', 'customers.last_name', 'customers.username')
  return rows.map((row) => ({
    transferId: row.transfer_id,
    account: accountText(row, row.customer_id === null ? '' : nameOf({ ...row, id: row.customer_id })),
    accountId: row.account_id,
    money: rowMoney(row.amount, row.currency)!,
    balance: rowMoney(row.balance, row.currency)!,
  }))
}

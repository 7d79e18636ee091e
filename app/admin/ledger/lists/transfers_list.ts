import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#core/database/dialect'
import { Money } from '#core/money/money'
import { partsOfCode } from '#ledger/accounts'
import { TRANSFER_KINDS, type TransferKind } from '#ledger/transfer_kinds'
import { CURRENCY_NAMES } from '#admin/ledger/lists/accounts_list'
import { isoOf } from '#admin/shared/csv_values'
import { CAPPED_AT } from '#admin/shared/format'
import { defineList } from '#admin/shared/list'
import { choice, days, equalsNumber, identifier } from '#admin/shared/list_filters'

export interface MovementOfRow {
  code: string
  money: Money
}

export interface TransferRow {
  id: number
  kind: TransferKind
  idempotency_key: string
  reference_type: string | null
  reference_id: string | null
  actor_type: string
  actor_id: number | null
  actor_name: string
  corrects_id: number | null
  note: string | null
  created_at: number
  movements: MovementOfRow[]
}

/** Accounts and amounts of a transfer in one column: `TON:wallet:4 -100;TON:system:revenue 100`. */
const movements = () => {
  const pair = `a.code || ' ' || e.amount`
  const list = isPostgres() ? `string_agg(${pair}, ';' ORDER BY e.id)` : `group_concat(${pair}, ';')`
  return db.raw(
    `(SELECT ${list} FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
      WHERE e.transfer_id = ledger_transfers.id) AS movements`
  )
}

const readMovements = (text: string | null): MovementOfRow[] =>
  (text ?? '')
    .split(';')
    .filter(Boolean)
    .map((pair) => pair.split(' '))
    .map(([code, amount]) => ({ code, money: Money.of(BigInt(amount), partsOfCode(code).currency) }))

/** The journal; days are those of the reader's time zone. Of an account with very many, the latest. */
export const transfersList = (timeZone: string) =>
  defineList<TransferRow>({
    name: 'ledger-transfers',
    id: 'ledger_transfers.id',
    query: () => db.from('ledger_transfers').select('ledger_transfers.*', movements()),
    map: (row) => ({ ...row, movements: readMovements(row.movements) }),
    search: [equalsNumber('ledger_transfers', 'id')],
    filters: {
      kind: choice(TRANSFER_KINDS, (query, kind) => query.where('ledger_transfers.kind', kind)),
      currency: choice(CURRENCY_NAMES, (query, currency) => {
        query.whereExists(
          db
            .from('ledger_entries')
            .whereColumn('ledger_entries.transfer_id', 'ledger_transfers.id')
            .where('ledger_entries.currency', currency)
            .select(db.raw('1'))
        )
      }),
      account: identifier((query, id) => query.whereIn('ledger_transfers.id', latestOf(id))),
      actor: identifier((query, id) => query.where({ actor_type: 'admin', actor_id: id })),
      ...days(timeZone, 'ledger_transfers.created_at'),
    },
    sorts: { time: 'ledger_transfers.id' },
    defaultSort: '-time',
    csv: {
      id: (row) => row.id,
      time: (row) => isoOf(row.created_at),
      kind: (row) => row.kind,
      key: (row) => row.idempotency_key,
      reference_type: (row) => row.reference_type,
      reference_id: (row) => row.reference_id,
      actor_type: (row) => row.actor_type,
      actor: (row) => row.actor_name,
      corrects: (row) => row.corrects_id,
      note: (row) => row.note,
      movements: (row) => row.movements.map(({ code, money }) => `${code} ${money.toDecimal()}`).join('; '),
    },
  })

const latestOf = (accountId: number) =>
  db
    .from(
      db
        .from('ledger_entries')
        .where('account_id', accountId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(CAPPED_AT + 1)
        .select('transfer_id')
        .as('latest')
    )
    .select('transfer_id')

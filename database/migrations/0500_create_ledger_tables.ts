import { BaseSchema } from '@adonisjs/lucid/schema'

/** 2^53-1: beyond it SQLite's driver and JSON are no longer exact. */
const MAX = '9007199254740991'
const within = (column: string) => `${column} BETWEEN -${MAX} AND ${MAX}`

/** Double entry: accounts with their stored balance, transfers that say why, entries that say how much. */
export default class extends BaseSchema {
  async up() {
    const isPostgres = this.db.dialect.name === 'postgres'
    const id = isPostgres ? 'id bigserial PRIMARY KEY' : 'id integer NOT NULL PRIMARY KEY AUTOINCREMENT'
    const text = isPostgres ? 'text' : 'TEXT'

    this.schema.raw(`CREATE TABLE ledger_accounts (
      ${id},
      code varchar(100) NOT NULL UNIQUE,
      kind varchar(12) NOT NULL,
      currency varchar(8) NOT NULL,
      customer_id bigint NULL REFERENCES customers (id),
      name varchar(60) NULL,
      balance bigint NOT NULL DEFAULT 0,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL,
      CONSTRAINT ledger_accounts_owner CHECK (
        (kind = 'system' AND customer_id IS NULL AND name IS NOT NULL) OR
        (kind IN ('wallet', 'granted', 'held', 'receivable') AND customer_id IS NOT NULL AND name IS NULL)),
      CONSTRAINT ledger_accounts_code CHECK (
        code = currency || ':' || kind || ':' || COALESCE(name, CAST(customer_id AS ${text}))),
      CONSTRAINT ledger_accounts_granted_pred CHECK (kind <> 'granted' OR currency = 'PRED'),
      CONSTRAINT ledger_accounts_funds CHECK (kind NOT IN ('wallet', 'granted', 'held') OR balance >= 0),
      CONSTRAINT ledger_accounts_receivable CHECK (kind <> 'receivable' OR balance <= 0),
      CONSTRAINT ledger_accounts_range CHECK (${within('balance')})
    )${isPostgres ? ' WITH (fillfactor = 80)' : ''}`)
    this.schema.raw('CREATE INDEX ledger_accounts_customer ON ledger_accounts (customer_id, currency, kind)')
    this.schema.raw('CREATE INDEX ledger_accounts_currency ON ledger_accounts (currency, kind, id)')

    this.schema.raw(`CREATE TABLE ledger_transfers (
      ${id},
      kind varchar(30) NOT NULL,
      idempotency_key varchar(160) NOT NULL UNIQUE,
      fingerprint varchar(43) NOT NULL,
      reference_type varchar(40) NULL,
      reference_id varchar(64) NULL,
      actor_type varchar(20) NOT NULL,
      actor_id bigint NULL,
      actor_name varchar(100) NOT NULL,
      corrects_id bigint NULL REFERENCES ledger_transfers (id),
      note varchar(500) NULL,
      created_at bigint NOT NULL,
      CONSTRAINT ledger_transfers_reference CHECK ((reference_type IS NULL) = (reference_id IS NULL)),
      CONSTRAINT ledger_transfers_reversal CHECK (kind <> 'reversal' OR corrects_id IS NOT NULL)
    )`)
    this.schema.raw('CREATE INDEX ledger_transfers_kind ON ledger_transfers (kind, id)')
    this.schema.raw('CREATE INDEX ledger_transfers_created ON ledger_transfers (created_at, id)')
    this.schema.raw(
      `CREATE INDEX ledger_transfers_reference ON ledger_transfers (reference_type, reference_id)
       WHERE reference_type IS NOT NULL`
    )
    this.schema.raw(`CREATE INDEX ledger_transfers_actor ON ledger_transfers (actor_id, id) WHERE actor_type = 'admin'`)
    this.schema.raw(
      'CREATE INDEX ledger_transfers_corrects ON ledger_transfers (corrects_id) WHERE corrects_id IS NOT NULL'
    )
    this.schema.raw(
      `CREATE UNIQUE INDEX ledger_transfers_one_reversal ON ledger_transfers (corrects_id) WHERE kind = 'reversal'`
    )

    this.schema.raw(`CREATE TABLE ledger_entries (
      ${id},
      transfer_id bigint NOT NULL REFERENCES ledger_transfers (id),
      account_id bigint NOT NULL REFERENCES ledger_accounts (id),
      account_kind varchar(12) NOT NULL,
      currency varchar(8) NOT NULL,
      amount bigint NOT NULL,
      balance bigint NOT NULL,
      created_at bigint NOT NULL,
      CONSTRAINT ledger_entries_amount CHECK (amount <> 0 AND ${within('amount')}),
      CONSTRAINT ledger_entries_balance CHECK (${within('balance')})
    )`)
    this.schema.raw('CREATE INDEX ledger_entries_transfer ON ledger_entries (transfer_id)')
    this.schema.raw('CREATE INDEX ledger_entries_account ON ledger_entries (account_id, created_at, id)')
    this.schema.raw('CREATE INDEX ledger_entries_book ON ledger_entries (currency, account_kind, id)')
  }

  async down() {
    this.schema.dropTable('ledger_entries')
    this.schema.dropTable('ledger_transfers')
    this.schema.dropTable('ledger_accounts')
  }
}

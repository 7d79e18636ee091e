import { BaseSchema } from '@adonisjs/lucid/schema'

const MAX = '9007199254740991'

/** Granted points that a customer owes after a reversal: a debt of its own, so that free points never become money. */
export default class extends BaseSchema {
  /** SQLite rebuilds a table to change its rules, and foreign keys can't be set aside inside a transaction. */
  static disableTransactions = true

  async up() {
    this.defer((db) => (db.dialect.name === 'postgres' ? allowOnPostgres(db) : allowOnSqlite(db)))
  }

  /** Accounts of this kind may exist: they stay allowed. */
  async down() {}
}

type Database = { rawQuery(sql: string): PromiseLike<any> }

const OWNER = `(kind = 'system' AND customer_id IS NULL AND name IS NOT NULL) OR
  (kind IN ('wallet', 'granted', 'held', 'custody', 'receivable', 'owed_granted')
    AND customer_id IS NOT NULL AND name IS NULL)`
const FUNDS = `kind NOT IN ('wallet', 'granted', 'held', 'custody') OR balance >= 0`
const GRANTED = `kind NOT IN ('granted', 'owed_granted') OR currency = 'PRED'`
const DEBTS = `kind NOT IN ('receivable', 'owed_granted') OR balance <= 0`

const RULES = { owner: OWNER, granted_pred: GRANTED, receivable: DEBTS }

async function allowOnPostgres(db: Database) {
  for (const [name, rule] of Object.entries(RULES)) {
    await db.rawQuery(`ALTER TABLE ledger_accounts DROP CONSTRAINT IF EXISTS ledger_accounts_${name}`)
    await db.rawQuery(`ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_${name} CHECK (${rule})`)
  }
  const { rows } = await db.rawQuery(`SELECT pg_get_functiondef('ledger_post'::regproc) AS source`)
  const source: string = rows[0].source.replace(`a.kind = 'receivable'`, `a.kind IN ('receivable', 'owed_granted')`)
  if (!source.includes(`'owed_granted'`))
    throw new Error('The function ledger_post is not the one this migration knows')
  /** A question mark in it would be taken for a binding; it has none. */
  await db.rawQuery(source)
}

async function allowOnSqlite(db: Database) {
  await db.rawQuery('PRAGMA foreign_keys = OFF')
  try {
    await db.rawQuery('BEGIN')
    try {
      for (const statement of REBUILD) await db.rawQuery(statement)
      await db.rawQuery('COMMIT')
    } catch (error) {
      await db.rawQuery('ROLLBACK')
      throw error
    }
  } finally {
    await db.rawQuery('PRAGMA foreign_keys = ON')
  }
}

const COLUMNS = 'id, code, kind, currency, customer_id, name, balance, created_at, updated_at'

const REBUILD = [
  'DROP TABLE IF EXISTS ledger_accounts_new',
  `CREATE TABLE ledger_accounts_new (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    code varchar(100) NOT NULL UNIQUE,
    kind varchar(12) NOT NULL,
    currency varchar(8) NOT NULL,
    customer_id bigint NULL REFERENCES customers (id),
    name varchar(60) NULL,
    balance bigint NOT NULL DEFAULT 0,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT ledger_accounts_owner CHECK (${OWNER}),
    CONSTRAINT ledger_accounts_code CHECK (
      code = currency || ':' || kind || ':' || COALESCE(name, CAST(customer_id AS TEXT))),
    CONSTRAINT ledger_accounts_granted_pred CHECK (${GRANTED}),
    CONSTRAINT ledger_accounts_funds CHECK (${FUNDS}),
    CONSTRAINT ledger_accounts_receivable CHECK (${DEBTS}),
    CONSTRAINT ledger_accounts_range CHECK (balance BETWEEN -${MAX} AND ${MAX})
  )`,
  `INSERT INTO ledger_accounts_new (${COLUMNS}) SELECT ${COLUMNS} FROM ledger_accounts`,
  'DROP TABLE ledger_accounts',
  'ALTER TABLE ledger_accounts_new RENAME TO ledger_accounts',
  'CREATE INDEX ledger_accounts_customer ON ledger_accounts (customer_id, currency, kind)',
  'CREATE INDEX ledger_accounts_currency ON ledger_accounts (currency, kind, id)',
]

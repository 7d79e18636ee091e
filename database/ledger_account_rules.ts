const MAX = '9007199254740991'

/** What ledger_accounts demands of an account by its kind: a condition for each of its checks. */
export interface AccountRules {
  owner: string
  granted_pred: string
  funds: string
  receivable: string
}

type Database = { dialect: { name: string }; rawQuery(sql: string): PromiseLike<any> }

/** Accounts that break the new rules make it fail, and the old ones stay. */
export async function changeAccountRules(db: Database, rules: AccountRules) {
  if (db.dialect.name !== 'postgres') return rebuild(db, rules)
  const changes = Object.entries(rules).flatMap(([name, rule]) => [
    `DROP CONSTRAINT IF EXISTS ledger_accounts_${name}`,
    `ADD CONSTRAINT ledger_accounts_${name} CHECK (${rule})`,
  ])
  await db.rawQuery(`ALTER TABLE ledger_accounts ${changes.join(', ')}`)
}

/** Puts one condition of the function that posts transfers, which SQLite has none of, in the place of another. */
export async function changeLedgerPost(db: Database, before: string, after: string) {
  if (db.dialect.name !== 'postgres') return
  const { rows } = await db.rawQuery(`SELECT pg_get_functiondef('ledger_post'::regproc) AS source`)
  const source: string = rows[0].source.replace(before, after)
  if (!source.includes(after)) throw new Error('The function ledger_post is not the one this migration knows')
  /** A question mark in it would be taken for a binding; it has none. */
  await db.rawQuery(source)
}

/** The way down is closed while there are accounts that nothing before knows: their money would be lost. */
export async function refuseWhileThereAre(db: Database, kind: string) {
  const answer = await db.rawQuery(`SELECT COUNT(*) AS count FROM ledger_accounts WHERE kind = '${kind}'`)
  const [{ count }] = answer.rows ?? answer
  if (Number(count) > 0)
    throw new Error(
      `Accounts of the kind "${kind}" exist (${count}): restore a backup from before this migration instead`
    )
}

/** SQLite rebuilds a table to change its rules, and foreign keys can't be set aside inside a transaction. */
async function rebuild(db: Database, rules: AccountRules) {
  await db.rawQuery('PRAGMA foreign_keys = OFF')
  try {
    await db.rawQuery('BEGIN')
    try {
      for (const statement of statementsFor(rules)) await db.rawQuery(statement)
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

const statementsFor = (rules: AccountRules) => [
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
    CONSTRAINT ledger_accounts_owner CHECK (${rules.owner}),
    CONSTRAINT ledger_accounts_code CHECK (
      code = currency || ':' || kind || ':' || COALESCE(name, CAST(customer_id AS TEXT))),
    CONSTRAINT ledger_accounts_granted_pred CHECK (${rules.granted_pred}),
    CONSTRAINT ledger_accounts_funds CHECK (${rules.funds}),
    CONSTRAINT ledger_accounts_receivable CHECK (${rules.receivable}),
    CONSTRAINT ledger_accounts_range CHECK (balance BETWEEN -${MAX} AND ${MAX})
  )`,
  `INSERT INTO ledger_accounts_new (${COLUMNS}) SELECT ${COLUMNS} FROM ledger_accounts`,
  'DROP TABLE ledger_accounts',
  'ALTER TABLE ledger_accounts_new RENAME TO ledger_accounts',
  'CREATE INDEX ledger_accounts_customer ON ledger_accounts (customer_id, currency, kind)',
  'CREATE INDEX ledger_accounts_currency ON ledger_accounts (currency, kind, id)',
]

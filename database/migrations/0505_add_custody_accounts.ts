import { BaseSchema } from '@adonisjs/lucid/schema'
import {
  changeAccountRules,
  changeLedgerPost,
  refuseWhileThereAre,
  type AccountRules,
} from '#database/ledger_account_rules'

/** Money of a customer that lies on a blockchain in a wallet we keep: a kind of its own, spent there only. */
export default class extends BaseSchema {
  /** SQLite can't set foreign keys aside inside a transaction. */
  static disableTransactions = true

  async up() {
    this.defer(async (db) => {
      await changeAccountRules(db, AFTER)
      await changeLedgerPost(db, FUNDED_BEFORE, FUNDED_AFTER)
    })
  }

  async down() {
    this.defer(async (db) => {
      await refuseWhileThereAre(db, 'custody')
      await changeAccountRules(db, BEFORE)
      await changeLedgerPost(db, FUNDED_AFTER, FUNDED_BEFORE)
    })
  }
}

const FUNDED_BEFORE = `'wallet', 'granted', 'held')`
const FUNDED_AFTER = `'wallet', 'granted', 'held', 'custody')`

const ALWAYS = {
  granted_pred: `kind <> 'granted' OR currency = 'PRED'`,
  receivable: `kind <> 'receivable' OR balance <= 0`,
}

const BEFORE: AccountRules = {
  ...ALWAYS,
  owner: `(kind = 'system' AND customer_id IS NULL AND name IS NOT NULL) OR
    (kind IN ('wallet', 'granted', 'held', 'receivable') AND customer_id IS NOT NULL AND name IS NULL)`,
  funds: `kind NOT IN ('wallet', 'granted', 'held') OR balance >= 0`,
}

const AFTER: AccountRules = {
  ...ALWAYS,
  owner: `(kind = 'system' AND customer_id IS NULL AND name IS NOT NULL) OR
    (kind IN ('wallet', 'granted', 'held', 'custody', 'receivable') AND customer_id IS NOT NULL AND name IS NULL)`,
  funds: `kind NOT IN ('wallet', 'granted', 'held', 'custody') OR balance >= 0`,
}

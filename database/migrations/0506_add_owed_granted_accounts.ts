import { BaseSchema } from '@adonisjs/lucid/schema'
import {
  changeAccountRules,
  changeLedgerPost,
  refuseWhileThereAre,
  type AccountRules,
} from '#database/ledger_account_rules'

/** Granted points that a customer owes after a reversal: a debt of its own, so that free points never become money. */
export default class extends BaseSchema {
  /** SQLite can't set foreign keys aside inside a transaction. */
  static disableTransactions = true

  async up() {
    this.defer(async (db) => {
      await changeAccountRules(db, AFTER)
      await changeLedgerPost(db, OWED_BEFORE, OWED_AFTER)
    })
  }

  async down() {
    this.defer(async (db) => {
      await refuseWhileThereAre(db, 'owed_granted')
      await changeAccountRules(db, BEFORE)
      await changeLedgerPost(db, OWED_AFTER, OWED_BEFORE)
    })
  }
}

const OWED_BEFORE = `a.kind = 'receivable'`
const OWED_AFTER = `a.kind IN ('receivable', 'owed_granted')`

const funds = `kind NOT IN ('wallet', 'granted', 'held', 'custody') OR balance >= 0`

const BEFORE: AccountRules = {
  owner: `(kind = 'system' AND customer_id IS NULL AND name IS NOT NULL) OR
    (kind IN ('wallet', 'granted', 'held', 'custody', 'receivable') AND customer_id IS NOT NULL AND name IS NULL)`,
  granted_pred: `kind <> 'granted' OR currency = 'PRED'`,
  funds,
  receivable: `kind <> 'receivable' OR balance <= 0`,
}

const AFTER: AccountRules = {
  owner: `(kind = 'system' AND customer_id IS NULL AND name IS NOT NULL) OR
    (kind IN ('wallet', 'granted', 'held', 'custody', 'receivable', 'owed_granted')
      AND customer_id IS NOT NULL AND name IS NULL)`,
  granted_pred: `kind NOT IN ('granted', 'owed_granted') OR currency = 'PRED'`,
  funds,
  receivable: `kind NOT IN ('receivable', 'owed_granted') OR balance <= 0`,
}

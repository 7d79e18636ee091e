import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import { system } from '#ledger/accounts'
import { differences, type Offence } from '#markets/verify/offence'
import { sumOf } from '#markets/verify/windows'

const EXPOSURE = `SELECT (SELECT ${sumOf('used')} FROM house_exposure) AS used,
  (SELECT ${sumOf('exposure')} FROM markets) AS exposure`

/** What bets moved into and out of the house, fees apart: those a settlement proves. */
const MONEY = `SELECT (SELECT ${sumOf('e.amount')} FROM ledger_accounts a
    JOIN ledger_entries e ON e.account_id = a.id JOIN ledger_transfers t ON t.id = e.transfer_id
    WHERE a.code = ? AND (t.reference_type = 'bet' OR t.kind IN ('bet', 'bet_payout', 'bet_refund'))) AS moved,
  (SELECT ${sumOf('stake - COALESCE(payout, 0)')} FROM bets) AS kept`

/** The house carries what its markets say, and its account has of bets what was staked and not paid out. */
export async function* verifyHouse(): AsyncGenerator<Offence> {
  const [{ used, exposure }] = rowsOf(await db.rawQuery(EXPOSURE))
  yield* differences('house', 'its markets', [['exposure', used, exposure]])
  const [{ moved, kept }] = rowsOf(await db.rawQuery(MONEY, [system('house', 'PRED').code]))
  yield* differences('house', 'the bets', [['balance', moved, kept]])
}

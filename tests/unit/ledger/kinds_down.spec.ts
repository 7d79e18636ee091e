import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { isPostgres, rowsOf } from '#core/database/dialect'
import CustodyAccounts from '#database/migrations/0505_add_custody_accounts'
import OwedGrantedAccounts from '#database/migrations/0506_add_owed_granted_accounts'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { resetDatabase } from '#tests/support/database'
import { fund, newCustomerId, ton } from '#tests/support/ledger'

test.group('Ledger: kinds of accounts on the way down', (group) => {
  let customerId: number

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customerId = await newCustomerId()
  })

  const migration = (Migration: typeof CustodyAccounts) => new Migration(db.connection() as any, 'under test', false)
  const open = (kind: string, currency: string) => {
    const code = `${currency}:${kind}:${customerId}`
    const row = { code, kind, currency, customer_id: customerId, balance: 0, created_at: 1, updated_at: 1 }
    return db.table('ledger_accounts').insert(row)
  }

  test('the rules of each go and come back, and other money stays', async ({ assert, cleanup }) => {
    const known = await definitions()
    await fund(customerId, ton(5))
    const down: Array<typeof CustodyAccounts> = []
    cleanup(async () => {
      for (const Migration of down.reverse()) await migration(Migration).execUp()
    })

    down.push(OwedGrantedAccounts)
    await migration(OwedGrantedAccounts).execDown()
    await assert.rejects(() => open('owed_granted', 'PRED'), /ledger_accounts_owner/)

    down.push(CustodyAccounts)
    await migration(CustodyAccounts).execDown()
    await assert.rejects(() => open('custody', 'USDT'), /ledger_accounts_owner/)
    assert.notInclude(await definitions(), 'custody')
    await fund(customerId, ton(5))

    while (down.length > 0) await migration(down.pop()!).execUp()
    assert.equal(await definitions(), known)
    await fund(customerId, ton(5))
    for await (const { fault } of verifyLedger({ transfers: 0, entries: 0, accounts: 0 })) assert.fail(fault)
  })

  test('an account of the kind {kind} closes the way down')
    .with([
      { kind: 'owed_granted', currency: 'PRED', Migration: OwedGrantedAccounts },
      { kind: 'custody', currency: 'USDT', Migration: CustodyAccounts },
    ])
    .run(async ({ assert }, { kind, currency, Migration }) => {
      const known = await definitions()
      await open(kind, currency)
      await assert.rejects(
        () => migration(Migration).execDown(),
        new RegExp(`Accounts of the kind "${kind}" exist \\(1\\)`)
      )
      assert.equal(await definitions(), known)
    })
})

/** Of the table of accounts and of what posts to it. */
async function definitions() {
  const sql = isPostgres()
    ? `SELECT pg_get_constraintdef(oid) AS sql FROM pg_constraint WHERE conrelid = 'ledger_accounts'::regclass
       UNION ALL SELECT pg_get_functiondef('ledger_post'::regproc) ORDER BY 1`
    : `SELECT sql FROM sqlite_master WHERE tbl_name = 'ledger_accounts' ORDER BY name`
  return rowsOf<{ sql: string }>(await db.rawQuery(sql))
    .map((row) => row.sql)
    .join('\n')
}

import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Alerts } from '#core/contracts/alerts'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { wallet } from '#ledger/accounts'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import LedgerProof from '#ledger/models/ledger_proof'
import { ProveLedger } from '#ledger/ticks/prove_ledger'
import { resetDatabase } from '#tests/support/database'
import {
  accepted,
  freshKey,
  fund,
  grant,
  ledgerOf,
  newCustomerId,
  pred,
  revenue,
  ton,
  transfer,
} from '#tests/support/ledger'
import { runAce } from '#tests/support/processes'
import { tamper } from '#tests/support/tampering'
import { DAY, TestClock } from '#tests/support/test_clock'

async function offences() {
  const found: string[] = []
  for await (const { check, subject, fault } of verifyLedger({ transfers: 0, entries: 0, accounts: 0 })) {
    found.push(`${check}: ${subject} ${fault}`)
  }
  return found
}

/** Accounts: 1 clearing, 2 wallet, 3 issuance, 4 granted, 5 held, 6 revenue; the transfers 1 to 4. */
async function someBusiness() {
  const customerId = await newCustomerId()
  await fund(customerId, ton(100))
  await grant(customerId, pred(50))
  const ledger = await ledgerOf()
  await transaction(async (trx) =>
    accepted(
      await ledger.reserve(trx, {
        ...{ key: freshKey(), customerId, amount: ton(30), kind: 'purchase', actor: SYSTEM_ACTOR, expiresAt: null },
      })
    )
  )
  const posting = { from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(20) }
  accepted(await transfer({ kind: 'purchase', postings: [posting] }))
  return customerId
}

test.group('Ledger: proof of the books', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    await someBusiness()
  })

  test('given honest books, then nothing offends and all of it was looked at', async ({ assert }) => {
    const tally = { transfers: 0, entries: 0, accounts: 0 }
    for await (const offence of verifyLedger(tally)) assert.fail(JSON.stringify(offence))
    assert.deepEqual(tally, { transfers: 4, entries: 8, accounts: 6 })
  })

  test('given an entry of another amount, then its transfer, its currency and its account are named', async ({
    assert,
  }) => {
    await tamper(`UPDATE ledger_entries SET amount = amount + 1 WHERE id = 2`)
    assert.sameMembers(await offences(), [
      'transfer: transfer 1 sums to 1 TON, not to zero',
      'currency: TON sums to 1, not to zero',
      'entry: entry 2 says 100 after 101 on 0 in account 2',
    ])
  })

  test('given a stored balance of another sum, then the account is named', async ({ assert }) => {
    await tamper(`UPDATE ledger_accounts SET balance = balance + 7 WHERE id = 2`)
    assert.deepEqual(await offences(), ['account: account 2 (TON:wallet:1) stores 57 where its entries sum to 50'])
  })

  test('given an entry of another currency, then it is named', async ({ assert }) => {
    await tamper(`UPDATE ledger_entries SET currency = 'USDT' WHERE id = 2`)
    assert.includeMembers(await offences(), [
      'entry: entry 2 calls itself USDT wallet in the account TON:wallet:1',
      'transfer: transfer 1 sums to -100 TON, not to zero',
    ])
  })

  test('given an entry that was removed, then what lacks it is named', async ({ assert }) => {
    await tamper(`DELETE FROM ledger_entries WHERE id = 7`)
    const found = await offences()
    assert.include(found, 'transfer: transfer 4 has 1 of two entries or more')
    assert.isTrue(found.some((line) => line.startsWith('account: account 2 (TON:wallet:1) stores')))
  })

  test('given a transfer that was removed, then its entries are named', async ({ assert }) => {
    await tamper(`DELETE FROM ledger_transfers WHERE id = 2`)
    assert.deepEqual(await offences(), [
      'entry: entry 3 belongs to no transfer (2)',
      'entry: entry 4 belongs to no transfer (2)',
    ])
  })

  test('given an account that was removed, then its entries are named', async ({ assert }) => {
    await tamper(`DELETE FROM ledger_accounts WHERE id = 6`)
    assert.deepEqual(await offences(), ['entry: entry 8 belongs to no account (6)'])
  })

  test('given a hold that was closed past the ledger, then the held account is named', async ({ assert }) => {
    await tamper(`UPDATE ledger_holds SET status = 'settled'`)
    assert.deepEqual(await offences(), ['account: account 5 (TON:held:1) holds 30 where its open holds add up to 0'])
  })

  test('given a transfer made up with balances to match, then the customer below zero is named', async ({ assert }) => {
    await tamper(
      `UPDATE ledger_entries SET amount = -120, balance = -50 WHERE id = 7`,
      `UPDATE ledger_entries SET amount = 120, balance = 120 WHERE id = 8`,
      `UPDATE ledger_accounts SET balance = 120 WHERE id = 6`,
      ...(process.env.DATABASE_URL ? ['ALTER TABLE ledger_accounts DROP CONSTRAINT ledger_accounts_funds'] : []),
      `UPDATE ledger_accounts SET balance = -50 WHERE id = 2`
    )
    try {
      assert.deepEqual(await offences(), ["account: account 2 (TON:wallet:1) holds -50, which a wallet account can't"])
    } finally {
      if (process.env.DATABASE_URL)
        await tamper(
          `UPDATE ledger_accounts SET balance = 0 WHERE balance < 0 AND kind = 'wallet'`,
          `ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_funds
           CHECK (kind NOT IN ('wallet', 'granted', 'held') OR balance >= 0)`
        )
    }
  })

  test('ledger:verify ends with 0 on honest books and with 1 on others, naming what offends', async ({ assert }) => {
    const honest = await runAce(['ledger:verify'])
    assert.equal(honest.exitCode, 0, honest.output)
    assert.include(honest.output, '4 transfers, 8 entries, 6 accounts')

    await tamper(`UPDATE ledger_accounts SET balance = balance + 7 WHERE id = 2`)
    const broken = await runAce(['ledger:verify'])
    assert.equal(broken.exitCode, 1)
    assert.include(broken.output, 'account 2 (TON:wallet:1) stores 57 where its entries sum to 50')
  }).timeout(60_000)

  test('the nightly tick proves once a night, alerts while it is wrong and tells when it is over', async ({
    assert,
  }) => {
    const clock = new TestClock(Date.UTC(2026, 5, 1, 1, 59))
    const alerts = new RecordingAlerts()
    const tick = new ProveLedger(clock, alerts)
    const run = () => tick.run(new AbortController().signal)
    const outcomes = async () => {
      const proofs = await LedgerProof.query().orderBy('id')
      return proofs.map(({ outcome, offences: count }) => [outcome, count])
    }

    await run()
    await run()
    assert.deepEqual(await outcomes(), [['clean', 0]])
    await tamper(`UPDATE ledger_accounts SET balance = balance + 7 WHERE id = 2`)
    clock.advance(60_000)
    await run()
    assert.deepEqual(await outcomes(), [
      ['clean', 0],
      ['broken', 1],
    ])
    assert.deepEqual(alerts.raised, ['critical ledger:mismatch'])
    await tamper(`UPDATE ledger_accounts SET balance = balance - 7 WHERE id = 2`)
    clock.advance(DAY)
    await run()
    assert.deepEqual(alerts.resolved, ['ledger:mismatch', 'ledger:mismatch'])
  })

  test('the tick runs in the workers', async ({ assert }) => {
    assert.instanceOf(await app.container.make(ProveLedger), ProveLedger)
  })
})

class RecordingAlerts extends Alerts {
  readonly raised: string[] = []
  readonly resolved: string[] = []

  async raise({ severity, fingerprint }: Parameters<Alerts['raise']>[0]) {
    this.raised.push(`${severity} ${fingerprint}`)
  }

  async raiseIn() {}

  async resolve(fingerprint: string) {
    this.resolved.push(fingerprint)
    return true
  }
}

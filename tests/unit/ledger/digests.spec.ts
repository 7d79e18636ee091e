import { test } from '@japa/runner'
import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { SealDays } from '#ledger/digests/seal_days'
import LedgerDigest from '#ledger/models/ledger_digest'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { resetDatabase } from '#tests/support/database'
import { fund, newCustomerId, ton } from '#tests/support/ledger'
import { tamper } from '#tests/support/tampering'
import { DAY, HOUR, MINUTE, TestClock } from '#tests/support/test_clock'

const MIDNIGHT = Date.UTC(2026, 5, 2)

test.group('Ledger: sealed days', (group) => {
  let customerId: number

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customerId = await newCustomerId()
  })

  /** Money that reached the customer at a moment. */
  async function fundAt(at: number) {
    const { id } = await fund(customerId, ton(10))
    await tamper(
      `UPDATE ledger_transfers SET created_at = ${at} WHERE id = ${id}`,
      `UPDATE ledger_entries SET created_at = ${at} WHERE transfer_id = ${id}`
    )
  }
  const sealAt = (at: number) => new SealDays(new TestClock(at)).handle()
  const days = async () => {
    const digests = await LedgerDigest.query().orderBy('id')
    return digests.map(({ day, transfers, lastTransferId }) => [day, transfers, lastTransferId])
  }
  async function brokenDays() {
    const found: string[] = []
    for await (const { check, subject } of verifyLedger({ transfers: 0, entries: 0, accounts: 0 })) {
      if (check === 'digest') found.push(subject)
    }
    return found
  }

  test('given a day that is over, then it is sealed after the grace period, and days without business too', async ({
    assert,
  }) => {
    await fundAt(MIDNIGHT - HOUR)
    await fundAt(MIDNIGHT + HOUR)
    await sealAt(MIDNIGHT + 14 * MINUTE)
    assert.deepEqual(await days(), [])

    await sealAt(MIDNIGHT + 15 * MINUTE)
    await sealAt(MIDNIGHT + 15 * MINUTE)
    assert.deepEqual(await days(), [['2026-06-01', 1, 1]])

    await sealAt(MIDNIGHT + 3 * DAY + HOUR)
    assert.deepEqual(await days(), [
      ['2026-06-01', 1, 1],
      ['2026-06-02', 1, 2],
      ['2026-06-03', 0, 2],
      ['2026-06-04', 0, 2],
    ])
    assert.deepEqual(await brokenDays(), [])
  })

  test('given an empty ledger, then nothing is sealed', async ({ assert }) => {
    assert.deepEqual(await sealAt(MIDNIGHT + DAY), [])
  })

  test('given a digest, then anybody can compute it from what is documented', async ({ assert }) => {
    await fundAt(MIDNIGHT - HOUR)
    const [sealed] = await sealAt(MIDNIGHT + HOUR)
    const transfer = await db.from('ledger_transfers').firstOrFail()
    const lines = [
      [
        ...[1, 'top_up', transfer.idempotency_key, transfer.fingerprint, null, null, 'system', null, 'system'],
        ...[null, null, MIDNIGHT - HOUR],
      ],
      [1, 'TON:system:clearing:sandbox', '-10', '-10', MIDNIGHT - HOUR],
      [2, `TON:wallet:${customerId}`, '10', '10', MIDNIGHT - HOUR],
    ].map((line) => JSON.stringify(line))
    const content = [`${'0'.repeat(64)} 2026-06-01`, ...lines, ''].join('\n')
    assert.equal(sealed.digest, createHash('sha256').update(content).digest('hex'))
  })

  test('given a sealed row that was changed, then its day is named; a digest made anew breaks the next one', async ({
    assert,
  }) => {
    await fundAt(MIDNIGHT - HOUR)
    await sealAt(MIDNIGHT + DAY + HOUR)
    await tamper(`UPDATE ledger_transfers SET actor_name = 'nobody' WHERE id = 1`)
    assert.deepEqual(await brokenDays(), ['day 2026-06-01'])

    await tamper(`DELETE FROM ledger_digests`)
    await sealAt(MIDNIGHT + HOUR)
    const forged = await LedgerDigest.firstOrFail()
    await tamper(`UPDATE ledger_transfers SET actor_name = 'system' WHERE id = 1`, `DELETE FROM ledger_digests`)
    await sealAt(MIDNIGHT + DAY + HOUR)
    assert.deepEqual(await brokenDays(), [])
    await tamper(
      `UPDATE ledger_transfers SET actor_name = 'nobody' WHERE id = 1`,
      `UPDATE ledger_digests SET digest = '${forged.digest}' WHERE day = '2026-06-01'`
    )
    assert.deepEqual(await brokenDays(), ['day 2026-06-02'])
  })

  test('given something slipped below a sealed watermark, then the day is named', async ({ assert }) => {
    await fundAt(MIDNIGHT - 2 * HOUR)
    await fundAt(MIDNIGHT - HOUR)
    await tamper(
      'UPDATE ledger_transfers SET id = 5 WHERE id = 2',
      'UPDATE ledger_entries SET transfer_id = 5 WHERE transfer_id = 2'
    )
    await sealAt(MIDNIGHT + HOUR)
    await tamper(
      'UPDATE ledger_transfers SET id = 3 WHERE id = 5',
      'UPDATE ledger_entries SET transfer_id = 3 WHERE transfer_id = 5'
    )
    assert.deepEqual(await brokenDays(), ['day 2026-06-01'])
  })

  test('given a digest, when somebody changes it, then the database refuses', async ({ assert }) => {
    await fundAt(MIDNIGHT - HOUR)
    await sealAt(MIDNIGHT + HOUR)
    await assert.rejects(async () => {
      await db.from('ledger_digests').update({ digest: 'x' })
    }, /append-only/)
  })
})

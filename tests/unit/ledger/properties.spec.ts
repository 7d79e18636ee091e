import { once } from 'node:events'
import fc from 'fast-check'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { granted, held, wallet } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { resetDatabase } from '#tests/support/database'
import { anyOperation, perform, type Operation } from '#tests/support/ledger_operations'
import { balanceOf, newCustomerId } from '#tests/support/ledger'
import { startScript } from '#tests/support/processes'

const WORKERS = 8
const RUNS = 12

async function offences() {
  const found: string[] = []
  for await (const { subject, fault } of verifyLedger({ transfers: 0, entries: 0, accounts: 0 })) {
    found.push(`${subject} ${fault}`)
  }
  return found
}

async function givenCustomers() {
  await resetDatabase()
  const customers: number[] = []
  for (let index = 0; index < 4; index++) customers.push(await newCustomerId())
  return customers
}

test.group('Ledger: whatever happens', (group) => {
  group.each.timeout(120_000)
  group.each.setup(() => resetDatabase())

  test('many workers at once leave the books in order and nobody below zero', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOperation, { minLength: 20, maxLength: 60 }), async (operations) => {
        const customers = await givenCustomers()
        const left = [...operations]
        const work = async () => {
          for (let next = left.shift(); next; next = left.shift()) await perform(next, customers, 'run')
        }
        await Promise.all(Array.from({ length: WORKERS }, work))

        assert.deepEqual(await offences(), [])
        for (const customerId of customers) {
          for (const account of [wallet(customerId, 'TON'), held(customerId, 'TON'), granted(customerId)]) {
            assert.isTrue((await balanceOf(account)) >= 0n)
          }
        }
        const sums = await db.from('ledger_accounts').groupBy('currency').sum('balance as sum').select('currency')
        assert.isTrue(sums.every(({ sum }) => Number(sum) === 0))
      }),
      { numRuns: RUNS, endOnFailure: true }
    )
  })

  test('whatever is done again by the same key moves nothing', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOperation, { minLength: 10, maxLength: 30 }), async (operations) => {
        const customers = await givenCustomers()
        const keyed = operations.filter((one) => !['fund', 'grant', 'expire'].includes(one.do))
        const funding: Operation[] = customers.flatMap((_, index) => [
          { do: 'fund', who: index, amount: 60, key: 0 },
          { do: 'grant', who: index, amount: 60, key: 0 },
        ])
        for (const one of funding) await perform(one, customers, 'run')
        const accepted: Operation[] = []
        for (const [index, one] of keyed.entries()) {
          const own = { ...one, key: index }
          if (await perform(own, customers, 'run')) accepted.push(own)
        }
        const before = await balances()
        await Promise.all(accepted.map((one) => perform(one, customers, 'run')))
        assert.deepEqual(await balances(), before)
        assert.deepEqual(await offences(), [])
      }),
      { numRuns: RUNS, endOnFailure: true }
    )
  })

  test('two processes at once leave the books in order', async ({ assert }) => {
    const [operations] = fc.sample(fc.array(anyOperation, { minLength: 160, maxLength: 160, size: 'max' }), 1)
    const customers = await givenCustomers()
    const script = new URL('scripts/perform_operations.ts', import.meta.url)
    const halves = [operations.slice(0, 80), operations.slice(80)]
    const workers = halves.map((half) => startScript<number>(script, [half, customers]))
    await Promise.all(workers.map(({ child }) => once(child, 'message')))
    for (const { child } of workers) child.send('go')
    const done = await Promise.all(workers.map(({ result }) => result))

    assert.isAbove(done[0] + done[1], 20)
    assert.deepEqual(await offences(), [])
  })
})

async function balances() {
  const accounts = await LedgerAccount.query().orderBy('code')
  return accounts.map(({ code, balance }) => [code, balance])
}

import { once } from 'node:events'
import { test } from '@japa/runner'
import { system, wallet } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, fund, newCustomerId, revenue, ton, transfer } from '#tests/support/ledger'
import { startScript } from '#tests/support/processes'

test.group('Ledger: at once', (group) => {
  let customerId: number

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customerId = await newCustomerId()
  })

  const spend = (key?: string) =>
    transfer({
      kind: 'purchase',
      ...(key && { key }),
      postings: [{ from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(1) }],
    })

  test('given the last unit, when many spend it at once, then exactly one wins', async ({ assert }) => {
    await fund(customerId, ton(1))
    const results = await Promise.all(Array.from({ length: 16 }, () => spend()))

    assert.lengthOf(
      results.filter(({ ok }) => ok),
      1
    )
    for (const result of results) if (!result.ok) assert.equal(result.refusal.code, 'insufficient_funds')
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 0n)
    assert.equal(await balanceOf(revenue('TON')), 1n)
  })

  test('given one key, when many use it at once, then one transfer answers all of them', async ({ assert }) => {
    await fund(customerId, ton(16))
    const posted = await Promise.all(Array.from({ length: 16 }, async () => accepted(await spend('the-key'))))

    assert.lengthOf(new Set(posted.map(({ id }) => id)), 1)
    assert.lengthOf(
      posted.filter(({ repeated }) => !repeated),
      1
    )
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 15n)
  })

  test('given one key, when different transfers use it at once, then one wins and the others conflict', async ({
    assert,
  }) => {
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        transfer({
          key: 'the-key',
          postings: [
            { from: system(`clearing:p${index}`, 'TON'), to: wallet(customerId, 'TON'), amount: ton(index + 1) },
          ],
        })
      )
    )
    assert.lengthOf(
      results.filter(({ ok }) => ok),
      1
    )
    for (const result of results) if (!result.ok) assert.equal(result.refusal.code, 'idempotency_conflict')
    assert.lengthOf(await LedgerTransfer.all(), 1)
  })

  test('given accounts nobody has opened, when many transfers need them at once, then each is opened once', async ({
    assert,
  }) => {
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        const [one, other] = index % 2 ? (['house', 'fees'] as const) : (['fees', 'house'] as const)
        return transfer({ postings: [{ from: system(one, 'TON'), to: system(other, 'TON'), amount: ton(1) }] })
      })
    )
    assert.lengthOf(await LedgerAccount.all(), 2)
    assert.equal(await balanceOf(system('house', 'TON')), 0n)
  })

  test('given two processes, when both spend the last units, then each unit is spent once', async ({ assert }) => {
    const units = 40
    await fund(customerId, ton(units))
    const script = new URL('scripts/spend_last_units.ts', import.meta.url)
    const workers = [startScript<number>(script, [customerId]), startScript<number>(script, [customerId])]
    await Promise.all(workers.map(({ child }) => once(child, 'message')))
    for (const { child } of workers) child.send('go')
    const spent = await Promise.all(workers.map(({ result }) => result))

    assert.equal(spent[0] + spent[1], units)
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 0n)
    assert.equal(await balanceOf(revenue('TON')), BigInt(units))
  })
})

import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { system, wallet } from '#ledger/accounts'
import type { HistoryItem } from '#ledger/history/history_item'
import { Ledger } from '#ledger/ledger'
import LedgerAccount from '#ledger/models/ledger_account'
import { BalanceAtQuery } from '#ledger/queries/balance_at_query'
import { CustomerBalancesQuery } from '#ledger/queries/customer_balances_query'
import { CustomerHistoryQuery, type HistoryRequest } from '#ledger/queries/customer_history_query'
import { HistoryItemQuery } from '#ledger/queries/history_item_query'
import { LedgerTotalsQuery } from '#ledger/queries/ledger_totals_query'
import { LedgerReferences } from '#ledger/references/references'
import { MoneyTimeline } from '#ledger/timeline/money_timeline'
import { resetDatabase } from '#tests/support/database'
import { accepted, freshKey, fund, grant, newCustomerId, pred, revenue, ton, transfer } from '#tests/support/ledger'
import { DAY, HOUR, MINUTE, TestClock } from '#tests/support/test_clock'

test.group('Ledger: history', (group) => {
  let customerId: number
  let clock: TestClock

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    customerId = await newCustomerId()
    return () => app.container.restore(Clock)
  })

  const history = async (request: Partial<HistoryRequest> = {}) => {
    const query = await app.container.make(CustomerHistoryQuery)
    return query.run({ customerId, ...request })
  }
  const itemsOf = async (request: Partial<HistoryRequest> = {}) => {
    const { items } = await history(request)
    return items
  }
  const idsOf = async (request: Partial<HistoryRequest>) => {
    const items = await itemsOf(request)
    return items.map(({ id }) => id)
  }
  const lines = (items: HistoryItem[]) =>
    items.map(({ kind, status, amount, balanceAfter }) => [kind, status, amount.minor, balanceAfter.minor])
  const buy = async (amount: bigint) => {
    const posting = { from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(amount) }
    return accepted(await transfer({ kind: 'purchase', postings: [posting], reference: { type: 'order', id: 7 } }))
  }
  const refund = async (corrects: number, amount: bigint, kind: 'refund' | 'reversal' = 'refund') => {
    const posting = { from: revenue('TON'), to: wallet(customerId, 'TON'), amount: ton(amount) }
    return accepted(await transfer({ kind, corrects, postings: [posting] }))
  }

  test('given money in and out, then the newest comes first with the balance after it', async ({ assert }) => {
    await fund(customerId, ton(100))
    clock.advance(MINUTE)
    await buy(30n)
    clock.advance(MINUTE)
    await grant(customerId, pred(5))

    const { items, newer, older } = await history()
    assert.deepEqual(lines(items), [
      ['grant', 'completed', 5n, 5n],
      ['purchase', 'completed', -30n, 70n],
      ['top_up', 'completed', 100n, 100n],
    ])
    assert.deepEqual(items[1].reference, { type: 'order', id: '7' })
    assert.deepEqual([newer, older], [null, null])
    assert.deepEqual(lines(await itemsOf({ kind: 'purchase' })), [['purchase', 'completed', -30n, 70n]])
  })

  test('given what was refunded or reversed, then it says so', async ({ assert }) => {
    await fund(customerId, ton(100))
    const refunded = await buy(10n)
    const reversed = await buy(20n)
    await refund(refunded.id, 10n)
    await refund(reversed.id, 20n, 'reversal')
    const { items } = await history({ kind: 'purchase' })
    assert.deepEqual(
      items.map(({ status }) => status),
      ['cancelled', 'refunded']
    )
  })

  test('given holds, then each is a line of what it is for, as it stands', async ({ assert }) => {
    await fund(customerId, ton(100))
    const ledger = await app.container.make(Ledger)
    const holds: number[] = []
    for (let index = 0; index < 5; index++) {
      clock.advance(MINUTE)
      const expiresAt = index === 4 ? clock.now() + MINUTE : null
      const input = { key: freshKey(), customerId, amount: ton(10), kind: 'withdrawal', actor: SYSTEM_ACTOR } as const
      const hold = accepted(await transaction((trx) => ledger.reserve(trx, { ...input, expiresAt })))
      holds.push(hold.id)
    }
    const close = { actor: SYSTEM_ACTOR, to: system('escrow:withdrawals', 'TON') }
    await transaction(async (trx) => {
      accepted(await ledger.settleHold(trx, { ...close, key: freshKey(), holdId: holds[0] }))
      const settled = accepted(await ledger.settleHold(trx, { ...close, key: freshKey(), holdId: holds[1] }))
      accepted(await ledger.voidHold(trx, { ...close, key: freshKey(), holdId: holds[2], as: 'failed' }))
      accepted(await ledger.voidHold(trx, { ...close, key: freshKey(), holdId: holds[3] }))
      const posting = { from: close.to, to: wallet(customerId, 'TON'), amount: ton(10) }
      const back = { kind: 'refund', key: freshKey(), corrects: settled.id, actor: SYSTEM_ACTOR } as const
      accepted(await ledger.transfer(trx, { ...back, postings: [posting] }))
    })
    const { items } = await history({ kind: 'withdrawal' })
    assert.deepEqual(
      items.map(({ status }) => status),
      ['pending', 'cancelled', 'failed', 'refunded', 'completed']
    )
  })

  test('given more than a page, then all of it is reached forth and back, ten at a time', async ({ assert }) => {
    await fund(customerId, ton(1000))
    for (let index = 0; index < 24; index++) {
      if (index % 3 === 0) clock.advance(MINUTE)
      if (index % 2) await buy(1n)
      else await grant(customerId, pred(1))
    }
    const first = await history()
    const next = await history({ olderThan: first.older! })
    const last = await history({ olderThan: next.older! })
    const seen = [first, next, last].map(({ items }) => items.map(({ id }) => id))
    assert.deepEqual(
      seen.map(({ length }) => length),
      [10, 10, 5]
    )
    assert.lengthOf(new Set(seen.flat()), 25)
    assert.deepEqual([first.newer, last.older], [null, null])
    assert.deepEqual(await idsOf({ newerThan: last.newer! }), seen[1])
    const top = await history({ newerThan: next.newer! })
    assert.deepEqual(
      top.items.map(({ id }) => id),
      seen[0]
    )
    assert.isNull(top.newer)
  })

  test('given what is older than thirty days, or of others, or unknown, then it is not there', async ({ assert }) => {
    await fund(customerId, ton(1))
    clock.advance(30 * DAY + 1)
    await fund(await newCustomerId(), ton(1))
    assert.deepEqual(await history(), { items: [], newer: null, older: null })
    assert.deepEqual(await history({ olderThan: 999_999 }), { items: [], newer: null, older: null })
  })

  test('given one line, then it tells what caused it; of others it tells nothing', async ({ assert }) => {
    const references = new LedgerReferences()
    const causes = async (ids: string[]) => new Map(ids.map((id) => [id, { title: `Order ${id}`, externalId: 'ext' }]))
    references.register({ type: 'order', causes })
    await fund(customerId, ton(10))
    await buy(4n)
    const [{ id }] = await itemsOf()
    const query = new HistoryItemQuery(references)
    const found = await query.run(customerId, id)
    assert.deepEqual(found?.cause, { title: 'Order 7', externalId: 'ext' })
    assert.isNull(await query.run(await newCustomerId(), id))
  })

  test('the balances of a customer name every kind of account', async ({ assert }) => {
    await fund(customerId, ton(10))
    await grant(customerId, pred(5))
    const balances = await new CustomerBalancesQuery().run(customerId)
    assert.deepEqual(
      balances.map(({ currency, wallet: own, granted: given, held: kept }) => [
        currency,
        own.minor,
        given.minor,
        kept.minor,
      ]),
      [
        ['PRED', 0n, 5n, 0n],
        ['TON', 10n, 0n, 0n],
      ]
    )
  })

  test('the time machine knows what an account held at any moment', async ({ assert }) => {
    const start = clock.now()
    await fund(customerId, ton(10))
    clock.advance(HOUR)
    await buy(4n)
    await buy(1n)
    const account = await LedgerAccount.findByOrFail('code', wallet(customerId, 'TON').code)
    const at = async (moment: number) => {
      const { minor } = await new BalanceAtQuery().run(account, moment)
      return minor
    }
    assert.equal(await at(start - 1), 0n)
    assert.equal(await at(start), 10n)
    assert.equal(await at(start + HOUR - 1), 10n)
    assert.equal(await at(start + HOUR), 5n)
  })

  test('given a clock that goes back, then the time of an account does not', async ({ assert }) => {
    await fund(customerId, ton(10))
    const before = clock.now()
    clock.advance(-HOUR)
    await buy(4n)
    const times = await db.from('ledger_entries').where('account_kind', 'wallet').orderBy('id').select('created_at')
    assert.deepEqual(
      times.map(({ created_at: at }) => at),
      [before, before]
    )
  })

  test('totals of customers and of the house are opposite', async ({ assert }) => {
    await fund(customerId, ton(10))
    await fund(await newCustomerId(), ton(5))
    await buy(4n)
    const [totals] = await new LedgerTotalsQuery().run()
    assert.equal(totals.currency, 'TON')
    assert.deepEqual(
      totals.customers.map(({ kind, total, accounts }) => [kind, total.minor, accounts]),
      [['wallet', 11n, 2]]
    )
    assert.deepEqual(
      totals.systems.map(({ name, balance }) => [name, balance]),
      [
        ['clearing:sandbox', -15n],
        ['revenue', 4n],
      ]
    )
    assert.equal(totals.customersTotal.minor, 11n)
    assert.equal(totals.systemsTotal.minor, -11n)
  })

  test('the timeline tells what moved and leads to the transfer', async ({ assert }) => {
    const { id } = await fund(customerId, ton(1_000_000_000))
    const items = await new MoneyTimeline().items(customerId, clock.now() + 1, 5)
    assert.containSubset(items, [
      {
        kind: 'money',
        title: 'Top-up: +1.00\u00A0TON',
        link: { route: 'admin.ledger.transfers.show', params: [id] },
      },
    ])
    assert.isEmpty(await new MoneyTimeline().items(customerId, clock.now(), 5))
  })
})

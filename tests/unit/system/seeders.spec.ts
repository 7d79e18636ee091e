import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { LANGUAGES } from '#customers/languages'
import { welcomeGrant } from '#customers/settings'
import { welcomeTransfer } from '#customers/welcome_transfer'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import CustomersSeeder from '#database/seeders/01_customers_seeder'
import BroadcastsSeeder from '#database/seeders/02_broadcasts_seeder'
import LedgerSeeder from '#database/seeders/03_ledger_seeder'
import MoneySeeder from '#database/seeders/04_money_seeder'
import MarketsSeeder from '#database/seeders/05_markets_seeder'
import { sampleCustomers } from '#database/samples/customers'
import { earnOwedRewards } from '#database/samples/owed_rewards'
import { verifyMarkets } from '#markets/verify/verify_markets'
import { givenFirstMarketData } from '#tests/support/markets/first_data'
import { resetDatabase } from '#tests/support/database'
import { accepted, transfer } from '#tests/support/ledger'
import { DAY } from '#tests/support/test_clock'

const NOW = Date.UTC(2026, 5, 1)

test.group('Sample data', (group) => {
  group.each.setup(() => resetDatabase())

  const seed = async () => {
    for (const Seeder of [CustomersSeeder, BroadcastsSeeder, LedgerSeeder]) await new Seeder(db.connection()).run()
  }
  const total = async (table: string) => {
    const row = await db.from(table).count('* as total').firstOrFail()
    return Number(row.total)
  }

  test('is the same each time', ({ assert }) => {
    assert.deepEqual(sampleCustomers(500, NOW), sampleCustomers(500, NOW))
  })

  test('looks like the customers of a year-old bot', ({ assert }) => {
    const { customers } = sampleCustomers(5000, NOW)
    for (const language of LANGUAGES) {
      assert.isAbove(customers.filter((customer) => customer.language === language).length, 1000)
    }
    for (const customer of customers) {
      assert.isAtMost(customer.created_at, customer.last_active_at)
      assert.isAtMost(customer.last_active_at, NOW)
      assert.isAtLeast(customer.created_at, NOW - 366 * DAY)
      if (customer.referrer_id) assert.isBelow(customer.referrer_id, customer.id)
    }
    const few = ['banned_at', 'unreachable_at', 'referrer_id', 'time_zone', 'username'] as const
    for (const column of few) assert.isAbove(customers.filter((customer) => customer[column] !== null).length, 30)
  })

  test('fills an empty database once, and new customers go on after it', async ({ assert }) => {
    await seed()
    assert.equal(await total('customers'), 5000)
    assert.equal(await total('broadcasts'), 4)
    const rows = await total('notifications')
    assert.isAbove(rows, 3000)

    await seed()
    assert.equal(await total('customers'), 5000)
    assert.equal(await total('notifications'), rows)

    const { id: firstId, ...columns } = sampleCustomers(1, NOW).customers[0]
    assert.equal(firstId, 1)
    await db.table('customers').insert({ ...columns, telegram_id: 1, username: null, referral_code: 'fresh' })
    const newest = await db.from('customers').where('telegram_id', 1).firstOrFail()
    assert.equal(newest.id, 5001)
  })

  test('gives everybody the welcome grant as the ledger would, and the books add up', async ({ assert }) => {
    await seed()
    const tally = { transfers: 0, entries: 0, accounts: 0 }
    for await (const offence of verifyLedger(tally)) assert.fail(JSON.stringify(offence))
    assert.deepEqual(tally, { transfers: 5000, entries: 10_000, accounts: 5001 })
    const again = accepted(await transfer(welcomeTransfer(17, welcomeGrant.default)))
    assert.isTrue(again.repeated)
  })

  test('counts what the outbox holds', async ({ assert }) => {
    await seed()
    for (const counter of await db.from('broadcast_counters')) {
      const rows = await db.from('notifications').where('broadcast_id', counter.broadcast_id).select('status')
      assert.equal(counter.written, rows.length)
      assert.equal(counter.sent, rows.filter(({ status }) => status === 'SENT').length)
    }
  })

  test('tells weeks of a shop whose books add up', async ({ assert }) => {
    for (const Seeder of [CustomersSeeder, LedgerSeeder, MoneySeeder]) await new Seeder(db.connection()).run()

    const statuses = async (table: string) => {
      const rows = await db.from(table).groupBy('status').select('status').count('* as total')
      return new Map(rows.map(({ status, total: count }) => [status, Number(count)]))
    }
    const [orders, invoices] = [await statuses('star_orders'), await statuses('invoices')]
    assert.includeMembers([...orders.keys()], ['awaiting_payment', 'fulfilling', 'fulfilled', 'refunded', 'cancelled'])
    assert.includeMembers([...invoices.keys()], ['pending', 'paid', 'underpaid', 'overpaid', 'expired', 'refunded'])
    assert.isAbove(orders.get('fulfilled')!, 30)
    const breaks = await statuses('payment_breaks')
    assert.deepEqual([breaks.get('open'), breaks.get('settled'), breaks.get('dismissed')], [4, 2, 1])
    const due = await db.from('notifications').whereIn('status', ['PENDING', 'FAILED'])
    assert.isBelow(due.length, 120)

    const offences = await Array.fromAsync(verifyLedger({ transfers: 0, entries: 0, accounts: 0 }))
    assert.deepEqual(offences, [])
    const before = await total('invoices')
    await new MoneySeeder(db.connection()).run()
    assert.equal(await total('invoices'), before)
  }).timeout(60_000)

  test('tells four weeks of markets and bets, and the books add up', async ({ assert }) => {
    await seed()
    await givenFirstMarketData()
    await new MarketsSeeder(db.connection()).run()

    const statuses = await db.from('markets').groupBy('status').select('status').count('* as total')
    const byStatus = Object.fromEntries(statuses.map(({ status, total: count }) => [status, Number(count)]))
    assert.deepEqual(byStatus, { draft: 1, active: 13, closed: 2, resolved: 3, cancelled: 1 })
    for (const column of ['category_id', 'pricing', 'is_promoted']) {
      const values = await db.from('markets').distinct(column)
      assert.isAbove(values.length, 1)
    }
    assert.isAbove(await total('bets'), 300)
    const settled = await db.from('bets').groupBy('status').select('status')
    assert.sameMembers(
      settled.map(({ status }) => status),
      ['open', 'won', 'lost', 'refunded']
    )

    const offences = await Array.fromAsync(verifyLedger({ transfers: 0, entries: 0, accounts: 0 }))
    assert.deepEqual(offences, [])
    const wrong = await Array.fromAsync(verifyMarkets({ markets: 0, positions: 0, bets: 0, bettors: 0 }))
    assert.deepEqual(wrong, [])
    const rewards = await db.from('referral_rewards').where('cause_type', 'bet').select('created_at')
    assert.isNotEmpty(rewards)
    assert.isTrue(rewards.some(({ created_at: at }) => at < new Date().getTime() - 7 * DAY))
    assert.equal(await earnOwedRewards(app.container), 0)
    const open = await db.from('markets').sum('exposure as exposure').firstOrFail()
    const house = await db.from('house_exposure').firstOrFail()
    assert.equal(Number(house.used), Number(open.exposure))
    assert.isAbove(Number(house.used), 0)
    const late = await db.from('bets').where('created_at', '>', new Date().getTime())
    assert.lengthOf(late, 0)

    const before = await total('bets')
    await new MarketsSeeder(db.connection()).run()
    assert.equal(await total('bets'), before)
  }).timeout(60_000)
})

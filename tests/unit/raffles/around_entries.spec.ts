import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import ChainWallet from '#chain/models/chain_wallet'
import { SegmentSource } from '#core/contracts/segment_source'
import { transaction } from '#core/database/transaction'
import type Customer from '#customers/models/customer'
import { entryData } from '#raffles/entries/entry_data'
import type RaffleEntry from '#raffles/models/raffle_entry'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { RaffleFiguresQuery } from '#raffles/queries/raffle_figures_query'
import { RafflesTimeline } from '#raffles/timeline'
import { CustomerFactory } from '#database/factories/customer_factory'
import { givenEntry, givenRound, givenWallet } from '#tests/support/chain/given'
import { resetDatabase } from '#tests/support/database'
import { DAY } from '#tests/support/test_clock'

const NOW = 100 * DAY

test.group('What is known of entries', (group) => {
  group.each.setup(() => resetDatabase())

  const entered = async (customer: Customer, columns: Partial<RaffleEntry>) => {
    const wallet = (await ChainWallet.findBy('customerId', customer.id)) ?? (await givenWallet(customer.id))
    return givenEntry(wallet, columns)
  }

  test('a segment holds who has entered, and what failed does not count', async ({ assert }) => {
    const [old, fresh, failed, winner, nobody] = await CustomerFactory.createMany(5)
    const past = await givenRound({ status: 'finished', winnerCustomerId: winner.id, finishedAt: NOW - DAY })
    const open = await givenRound()
    await entered(old, { status: 'confirmed', raffleId: past.id, confirmedAt: NOW - 5 * DAY })
    await entered(winner, { status: 'confirmed', raffleId: past.id, confirmedAt: NOW - 3 * DAY })
    await entered(fresh, { status: 'confirmed', raffleId: open.id, confirmedAt: NOW - DAY })
    await entered(failed, { status: 'failed', failedAt: NOW - DAY })

    const segments = await app.container.make(SegmentSource)
    const found = async (key: string, parameters = {}) => {
      const query = db.from('customers').orderBy('id').select('id')
      segments.find(key)!.apply(query, parameters, NOW)
      const rows = await query
      return rows.map(({ id }) => id)
    }
    assert.deepEqual(await found('raffles.entered'), [old.id, fresh.id, winner.id])
    assert.deepEqual(await found('raffles.never_entered'), [failed.id, nobody.id])
    assert.deepEqual(await found('raffles.entered_within', { days: 2 }), [fresh.id])
    assert.deepEqual(await found('raffles.not_in_current'), [old.id, failed.id, winner.id, nobody.id])
    assert.deepEqual(await found('raffles.won'), [winner.id])
  })

  test('the timeline tells of entries and of what was won, newest first', async ({ assert }) => {
    const [anna, boris] = await CustomerFactory.createMany(2)
    const round = await givenRound({
      status: 'finished',
      winnerCustomerId: anna.id,
      prize: 30_000_000n,
      finishedAt: NOW,
    })
    await entered(anna, { status: 'confirmed', raffleId: round.id, createdAt: NOW - 3, confirmedAt: NOW - 2 })
    await entered(boris, { status: 'failed', createdAt: NOW - 3, failedAt: NOW - 1 })
    const timeline = new RafflesTimeline()
    const items = await timeline.items(anna.id, NOW + 1, 10)
    assert.deepEqual(
      items.map(({ at, title }) => [at, title]),
      [
        [NOW, 'Won the raffle'],
        [NOW - 2, 'Is in the raffle'],
        [NOW - 3, 'Wants to enter the raffle'],
      ]
    )
    assert.deepEqual(items[0].link, { route: 'admin.raffles.show', params: [round.reference] })
    assert.lengthOf(await timeline.items(anna.id, NOW, 1), 1)
    const [failure] = await timeline.items(boris.id, NOW, 1)
    assert.equal(failure.title, 'Entry to the raffle failed')
  })

  test('figures count what took place between two moments', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    await givenRound({ status: 'finished', prize: 30_000_000n, finishedAt: NOW })
    await givenRound({ status: 'finished', prize: 5_000_000n, finishedAt: NOW + DAY })
    await entered(customer, { status: 'confirmed', confirmedAt: NOW })
    await entered(customer, { status: 'confirmed', confirmedAt: NOW + DAY })
    await entered(customer, { status: 'failed', failedAt: NOW })
    const query = new RaffleFiguresQuery()
    const figures = await query.run({ from: NOW, until: NOW + 1 })
    assert.containSubset(figures, { entries: 1, customers: 1, rounds: 1 })
    assert.equal(figures.entered.minor, 10_000_000n)
    assert.equal(figures.prizes.minor, 30_000_000n)
    assert.containSubset(await query.run({ from: 0, until: 1 }), { entries: 0, rounds: 0 })
  })

  test('given a customer who is anonymised, then no message of theirs is edited for what is over', async ({
    assert,
  }) => {
    const customer = await CustomerFactory.create()
    const over = await entered(customer, { status: 'failed', messageId: 7, failedAt: 1 })
    const open = await entered(customer, { messageId: 8 })
    await transaction((trx) => entryData.erase(trx, { customerId: customer.id, telegramId: customer.telegramId }))
    await Promise.all([over.refresh(), open.refresh()])
    assert.isNull(over.messageId)
    assert.equal(open.messageId, 8)
    const query = new CustomerRaffleQuery()
    assert.isNull(await query.find(customer.id + 1, open.reference))
    assert.equal((await query.open(customer.id))!.id, open.id)
  })
})

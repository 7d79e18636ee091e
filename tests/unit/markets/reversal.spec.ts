import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { transaction } from '#core/database/transaction'
import { system } from '#ledger/accounts'
import { ReversalPreviewQuery } from '#markets/queries/reversal_preview_query'
import { freshKey, ledgerOf, transfer } from '#tests/support/ledger'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { accepted, pred } from '#tests/support/markets/world'
import { HOUR } from '#tests/support/test_clock'
import { wallet } from '#ledger/accounts'
import type Customer from '#customers/models/customer'

const refused = (code: string) => ({ ok: false, refusal: { code } })

test.group('Reversal of a settlement', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  /** Away into another game: granted points first. */
  const spend = async (customer: Customer, amount: string) => {
    const ledger = await ledgerOf()
    const actor = { type: 'system' as const, id: null, name: 'system' }
    const to = system('revenue', 'PRED')
    const input = {
      kind: 'purchase' as const,
      key: freshKey(),
      customerId: customer.id,
      amount: pred(amount),
      to,
      actor,
    }
    accepted(await transaction((trx) => ledger.spend(trx, input)))
  }

  test('every balance, the bets and the records are as before the settlement', async ({ assert }) => {
    const market = await world.market()
    const [ann, bob] = [await world.customer({ bought: '50', free: '10' }), await world.customer()]
    const bet = await world.taken(ann, market, 'YES', 40)
    await world.taken(bob, market, 'NO', 25)
    await market.refresh()
    const before = { balances: await world.balances(), record: await world.record(ann), market: market.serialize() }
    const exposure = await world.houseExposure()
    const settlement = await world.done(world.resolve(market, 'YES'))

    const reversal = await world.done(world.reverse(market))

    assert.deepEqual(await world.balances(), before.balances)
    assert.deepEqual(await world.record(ann), before.record)
    await bet.refresh()
    assert.containsSubset(bet.$attributes, {
      ...{ status: 'open', payout: null, settlementId: null, settlementTransferId: null, settledAt: null },
    })
    await market.refresh()
    assert.containsSubset(market.$attributes, {
      ...{ status: 'closed', result: null, resolvedAt: null, settledAt: null, exposure: bet.potential - 6500n },
    })
    assert.equal(market.serialize().yesPool, before.market.yesPool)
    assert.equal(await world.houseExposure(), exposure)
    await settlement.refresh()
    assert.isNotNull(settlement.reversedAt)
    assert.containsSubset(reversal.$attributes, { doneBets: 2, donePayout: bet.potential, owed: 0n, status: 'done' })
    assert.containsSubset(await world.news(ann), [{}, { template: 'bet_reversed', params: { has_owed: 'no' } }])
    assert.isEmpty(await world.ledgerFaults())
  })

  test('what has been spent is owed, each sort by itself, and later wins pay it off first', async ({ assert }) => {
    const market = await world.market()
    const ann = await world.customer({ bought: '20', free: '10' })
    await world.taken(ann, market, 'YES', 30)
    await world.done(world.resolve(market, 'YES'))
    assert.deepEqual(await world.purse(ann), { bought: 4000n, free: 2000n })
    await spend(ann, '50')

    const preview = await world.make(ReversalPreviewQuery)
    const seen = await preview.run({ marketId: market.id })
    assert.deepEqual([seen!.owedBy, seen!.owed.minor, seen!.takenBack.minor], [1, 5000n, 6000n])
    const reversal = await world.done(world.reverse(market, { expected: seen!.seen }))

    assert.equal(reversal.owed, 5000n)
    assert.deepEqual(await world.points(ann), { bought: 0n, free: 0n, owed: -3000n, owedFree: -2000n })
    assert.containsSubset(await world.lastNews(ann), { has_owed: 'yes', owed: pred('50').toJSON() })

    await world.done(world.resolve(market, 'YES'))
    assert.deepEqual(await world.points(ann), { bought: 1000n, free: 0n, owed: 0n, owedFree: 0n })
    assert.containsSubset(await world.lastNews(ann), { paid_off: pred('50').toJSON() })
    assert.isEmpty(await world.ledgerFaults())
  })

  test('a debt that a win paid off is owed again when the win is taken back', async ({ assert }) => {
    const [first, second] = [await world.market(), await world.market()]
    const ann = await world.customer({ bought: '40' })
    await world.taken(ann, first, 'YES', 20)
    await world.taken(ann, second, 'YES', 20)
    await world.done(world.resolve(first, 'YES'))
    await spend(ann, '40')
    await world.done(world.reverse(first))
    await transfer({ postings: [{ from: system('issuance', 'PRED'), to: wallet(ann.id, 'PRED'), amount: pred('7') }] })
    const before = await world.points(ann)
    assert.deepEqual(before, { bought: 700n, free: 0n, owed: -4000n, owedFree: 0n })

    await world.done(world.resolve(second, 'YES'))
    assert.deepEqual(await world.points(ann), { bought: 700n, free: 0n, owed: 0n, owedFree: 0n })
    await world.done(world.reverse(second))

    assert.deepEqual(await world.points(ann), before)
  })

  test('the fee of a pool is given back, and taken again by the next settlement', async ({ assert }) => {
    const market = await world.market({ pricing: 'parimutuel' })
    const [ann, bob] = [await world.customer(), await world.customer()]
    await world.taken(ann, market, 'YES', '3.33')
    await world.taken(bob, market, 'NO', '10.01')
    const before = await world.balances()
    await world.done(world.resolve(market, 'YES'))
    assert.isAbove(Number(await world.fees()), 0)

    await world.done(world.reverse(market))
    assert.deepEqual(await world.balances(), before)

    await world.done(world.resolve(market, 'NO'))
    assert.equal(await world.fees(), 67n)
    assert.equal(await world.houseBalance(), 0n)
  })

  test('a cancellation can be reversed, and the market be cancelled again', async ({ assert }) => {
    const market = await world.market()
    const ann = await world.customer({ bought: '10', free: '20' })
    const start = await world.balances()
    await world.taken(ann, market, 'YES', 25)
    const before = await world.balances()
    await world.done(world.cancel(market))
    await world.done(world.reverse(market))
    assert.deepEqual(await world.balances(), before)
    await market.refresh()
    assert.deepEqual([market.status, market.cancelledAt], ['closed', null])
    await world.done(world.cancel(market))
    assert.deepEqual(await world.balances(), start)
    assert.isEmpty(await world.ledgerFaults())
  })

  test('only within the window, and once', async ({ assert }) => {
    const market = await world.market()
    assert.containsSubset(await world.reverse(market), refused('nothing_to_reverse'))
    await world.done(world.resolve(market, 'YES'))
    world.clock.advance(72 * HOUR)
    assert.containsSubset(await world.reverse(market), {
      ok: false,
      refusal: { code: 'reversal_window_over', params: { hours: 72 } },
    })
    world.clock.advance(-1)
    assert.containsSubset(await world.reverse(market, { expected: '1:2' }), refused('preview_stale'))
    await world.done(world.reverse(market))
    assert.containsSubset(await world.reverse(market), refused('nothing_to_reverse'))
    const preview = await world.make(ReversalPreviewQuery)
    assert.isNull(await preview.run({ marketId: market.id }))
  })

  test('the preview counts what was paid for having won and stays', async ({ assert }) => {
    const market = await world.market()
    const [ann, bob] = [await world.customer(), await world.customer()]
    await world.taken(ann, market, 'YES', 10)
    await world.done(world.resolve(market, 'YES'))
    const now = world.clock.now()
    const [mission] = await db
      .table('missions')
      .insert({
        ...{ code: 'X', condition: 'wins', parameters: '{}', target: 1, reward: 1, emoji: 'x', titles: '{}' },
        ...{ descriptions: '{}', is_active: true, position: 99, created_at: now, updated_at: now },
      })
      .returning('id')
    const claimed = { mission_id: mission.id ?? mission, progress: 1, claimed_at: now, updated_at: now }
    await db.table('mission_progress').multiInsert([
      { ...claimed, customer_id: ann.id },
      { ...claimed, customer_id: bob.id },
    ])
    const preview = await world.make(ReversalPreviewQuery)
    const seen = await preview.run({ marketId: market.id })
    assert.deepEqual([seen!.missionsClaimed, seen!.placesPaid, seen!.owedBy], [1, 0, 0])
    assert.equal(seen!.windowEndsAt, now + 72 * HOUR)
  })
})

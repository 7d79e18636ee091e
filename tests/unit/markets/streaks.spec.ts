import fc from 'fast-check'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { transaction } from '#core/database/transaction'
import { inGroups, recountStreaks } from '#markets/bettors/streak_rows'
import { BettorsWorld } from '#tests/support/markets/bettors_world'

test.group('Streaks counted again', (group) => {
  const world = new BettorsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('no statement looks at more bets than it may, unless they are of one customer', ({ assert }) => {
    const careers = fc
      .array(fc.nat(40), { maxLength: 60 })
      .map((bets) => bets.map((decided, index) => ({ customerId: index + 1, decided })))
    fc.assert(
      fc.property(careers, fc.integer({ min: 1, max: 50 }), (all, most) => {
        const groups = inGroups(all, most)
        assert.deepEqual(
          groups.flat(),
          all.map(({ customerId }) => customerId)
        )
        const bets = groups.map((ids) => ids.reduce((sum, id) => sum + all[id - 1].decided, 0))
        assert.isTrue(bets.every((sum, index) => sum <= most || groups[index].length === 1))
        const couldBeOne = bets.some((sum, index) => index > 0 && bets[index - 1] + sum <= most)
        assert.isFalse(couldBeOne)
      })
    )
  })

  test('each customer’s come out the same, in however many parts', async ({ assert }) => {
    const people = await Promise.all(Array.from({ length: 4 }, () => world.customer()))
    const ids = people.map(({ id }) => id).sort((one, other) => one - other)
    const results = ['WWLW', 'LL', 'WWWLLWW', '']
    for (const [index, result] of results.entries()) {
      await world.bet(await world.market(), ids[index])
      for (const each of result) await world.decided(ids[index], each === 'W')
    }
    for (const most of [1, 3, 6, 100]) {
      await db.from('bettors').update({ streak: 50, best_streak: 50 })
      await transaction((trx) => recountStreaks(trx, ids, most))
      const rows = await db.from('bettors').orderBy('customer_id').select('streak', 'best_streak')
      assert.deepEqual(
        rows.map((row) => [row.streak, row.best_streak]),
        [
          [1, 2],
          [0, 0],
          [2, 3],
          [0, 0],
        ]
      )
    }
  })

  test('a refund that is reversed leaves histories unread', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 2)
    const market = await world.market()
    await world.bet(market, id)
    const refunded = await world.settle(market, null)
    await db.from('bettors').where('customer_id', id).update({ best_streak: 7 })
    await world.reverse(refunded)
    assert.containSubset(await world.bettor(id), { streak: 2, bestStreak: 7, refunds: 0, openBets: 1, wins: 2 })
  })
})

import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Bettor from '#markets/models/bettor'
import MarketPosition from '#markets/models/market_position'
import { marketConditions } from '#markets/segment_conditions'
import { MarketsTimeline } from '#markets/timeline'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { DAY } from '#tests/support/test_clock'

test.group('Markets: segments and timeline', (group) => {
  const world = new BettorsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const matching = async (key: string, parameters: Record<string, string | number> = {}) => {
    const query = db.from('customers').select('customers.id').orderBy('customers.id')
    marketConditions.find((each) => each.key === key)!.apply(query, parameters, world.clock.now())
    const rows = await query
    return rows.map(({ id }) => id)
  }

  test('conditions find whom they say', async ({ assert }) => {
    const [never, bronze, gold] = [await world.customer(), await world.customer(), await world.customer()]
    const sports = await world.market('sports')
    await world.bet(sports, bronze.id)
    await MarketPosition.create({
      ...{ marketId: sports.id, customerId: bronze.id, outcome: 'YES', bets: 1, stake: 1n, potential: 1n },
    })
    world.clock.advance(5 * DAY)
    await world.decided(gold.id, true)
    await Bettor.query().where('customerId', gold.id).update({ rank: 'gold' })

    assert.deepEqual(await matching('markets.never_bet'), [never.id])
    assert.deepEqual(await matching('markets.rank_is', { rank: 'bronze' }), [never.id, bronze.id])
    assert.deepEqual(await matching('markets.rank_is', { rank: 'gold' }), [gold.id])
    assert.deepEqual(await matching('markets.rank_at_least', { rank: 'silver' }), [gold.id])
    assert.deepEqual(await matching('markets.rank_at_least', { rank: 'diamond' }), [])
    assert.deepEqual(await matching('markets.rank_at_least', { rank: 'bronze' }), [never.id, bronze.id, gold.id])
    assert.deepEqual(await matching('markets.bet_within', { days: 3 }), [gold.id])
    assert.deepEqual(await matching('markets.has_open_bets'), [bronze.id])
    assert.deepEqual(await matching('markets.bet_in_category', { category: 'sports' }), [bronze.id])
    assert.deepEqual(await matching('markets.bet_in_category', { category: 'crypto' }), [])
  })

  test('the timeline tells bets and missions, newest first, before the moment asked for', async ({ assert }) => {
    const { id } = await world.customer()
    await world.decided(id, true)
    const between = world.clock.advance(1000)
    await world.decided(id, false)
    const timeline = new MarketsTimeline()
    const all = await timeline.items(id, world.clock.now() + 1, 20)
    assert.deepEqual(
      all.map(({ title }) => title.replaceAll('\u00a0', ' ')),
      [
        ...['Lost a bet of 100.00 PRED', 'Bet 100.00 PRED on YES'],
        ...['Won 200.00 PRED with a bet of 100.00 PRED', 'Bet 100.00 PRED on YES', 'Completed a mission'],
      ]
    )
    assert.lengthOf(await timeline.items(id, between, 20), 3)
    assert.lengthOf(await timeline.items(id, world.clock.now() + 1, 2), 2)
  })
})

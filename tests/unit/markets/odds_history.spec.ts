import { test } from '@japa/runner'
import Bet from '#markets/models/bet'
import { OddsHistoryQuery } from '#markets/queries/odds_history_query'
import { CustomerFactory } from '#database/factories/customer_factory'
import { manyBets } from '#tests/support/markets/many_bets'
import { MarketsWorld } from '#tests/support/markets/world'
import { MINUTE } from '#tests/support/test_clock'

test.group('Odds through time', (group) => {
  const world = new MarketsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const history = async (market: Awaited<ReturnType<typeof world.market>>) => {
    const query = await world.make(OddsHistoryQuery)
    return query.run(market)
  }

  test('each bet is a point, with the odds that it left; bets on others are not', async ({ assert }) => {
    const [market, other] = [await world.market(), await world.market()]
    assert.deepEqual(await history(market), [])
    await world.taken(await world.customer(), market, 'YES', 100)
    await world.taken(await world.customer(), other, 'YES', 70)
    const at = world.clock.advance(MINUTE)
    await world.taken(await world.customer(), market, 'NO', 300)
    const points = await history(market)
    assert.deepEqual(
      points.map(({ yes }) => yes),
      [100, 25]
    )
    assert.deepEqual(points[1], { at, yes: 25, odds: { YES: '3.97', NO: '1.33' } })
  })

  test('of very many bets it takes as many as a chart shows, the first and the last among them', async ({ assert }) => {
    const market = await world.market()
    const customers = await CustomerFactory.createMany(4)
    await manyBets(
      market,
      customers.map(({ id }) => id),
      300
    )
    const at = world.clock.advance(MINUTE)
    await world.taken(await world.customer(), market, 'YES', 100)
    const points = await history(market)
    assert.isAtMost(points.length, 60)
    assert.isAbove(points.length, 50)
    const { createdAt } = await Bet.query().where('marketId', market.id).orderBy('id').firstOrFail()
    assert.deepEqual([points[0].at, points.at(-1)!.at], [createdAt, at])
    assert.equal(points.at(-1)!.yes, 55)
  })
})

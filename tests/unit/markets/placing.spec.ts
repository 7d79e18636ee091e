import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { isOddsMoved } from '#markets/betting/bet_quote'
import Bet from '#markets/models/bet'
import { maxStake, slippagePoints } from '#markets/settings'
import { freshKey } from '#tests/support/ledger'
import { accepted, MarketsWorld, pred } from '#tests/support/markets/world'

const world = new MarketsWorld()

test.group('Placing a bet', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  test('takes the stake and locks the odds', async ({ assert }) => {
    const [customer, market] = [await world.customer({ bought: '60', free: '40' }), await world.market()]
    const bet = await world.taken(customer, market, 'YES', 70)

    assert.containSubset(bet.toJSON(), { outcome: 'YES', status: 'open', stake: 7000n, odds: 200, potential: 14_000n })
    assert.containSubset(bet.toJSON(), { granted: 4000n, bought: 3000n, yesPool: 7000n, noPool: 0n, source: 'bot' })
    assert.equal(bet.createdAt, world.clock.now())
    assert.deepEqual(await world.purse(customer), { bought: 3000n, free: 0n })
    assert.equal(await world.houseBalance(), 7000n)
    assert.deepEqual(await world.ledgerFaults(), [])
  })

  test('keeps the books of market, customer and house', async ({ assert }) => {
    const [anna, borys, market] = [await world.customer(), await world.customer(), await world.market()]
    await world.taken(anna, market, 'YES', 100)
    await world.taken(anna, market, 'YES', 50)
    const last = await world.taken(borys, market, 'NO', 50)

    assert.equal(last.odds, 400)
    await market.refresh()
    assert.containSubset(market.toJSON(), {
      yesPool: 15_000n,
      noPool: 5000n,
      yesPotential: 25_000n,
      noPotential: 20_000n,
    })
    assert.containSubset(market.toJSON(), { yesBets: 2, noBets: 1, bettors: 2, exposure: 5000n })
    assert.equal(await world.houseExposure(), 5000n)
    const position = await world.position(anna, market)
    assert.containSubset(position.toJSON(), { outcome: 'YES', bets: 2, stake: 15_000n, potential: 25_000n })
    const bettor = await world.bettor(anna)
    assert.containSubset(bettor.toJSON(), { bets: 2, openBets: 2, staked: 15_000n, exposure: 10_000n })
  })

  test('answers the first bet when the key comes again, whatever has become of the market', async ({ assert }) => {
    const [customer, market, key] = [await world.customer(), await world.market(), freshKey()]
    const first = await world.taken(customer, market, 'YES', 10, { key })
    await market.merge({ status: 'closed' }).save()

    const again = await world.taken(customer, market, 'YES', 10, { key })
    assert.equal(again.reference, first.reference)
    assert.lengthOf(await Bet.all(), 1)
    assert.equal(await world.houseBalance(), 1000n)
  })

  for (const [what, other] of [
    ['another stake', { stake: pred(11) }],
    ['the other outcome', { outcome: 'NO' }],
  ] as const) {
    test(`refuses a key used for ${what}`, async ({ assert }) => {
      const [customer, market, key] = [await world.customer(), await world.market(), freshKey()]
      await world.taken(customer, market, 'YES', 10, { key })
      const result = await world.bet(customer, market, 'YES', 10, { key, ...other })
      assert.containSubset(result, { ok: false, refusal: { code: 'idempotency_conflict' } })
    })
  }

  test('refuses a key used on another market or by another customer', async ({ assert }) => {
    const [anna, borys, market, other] = [
      ...[await world.customer(), await world.customer()],
      ...[await world.market(), await world.market()],
    ] as const
    const key = freshKey()
    await world.taken(anna, market, 'YES', 10, { key })
    for (const result of [
      await world.bet(anna, other, 'YES', 10, { key }),
      await world.bet(borys, market, 'YES', 10, { key }),
    ])
      assert.containSubset(result, { ok: false, refusal: { code: 'idempotency_conflict' } })
  })

  test('shares the pool without promising anything where the market says so', async ({ assert }) => {
    const [anna, borys] = [await world.customer(), await world.customer()]
    const market = await world.market({ pricing: 'parimutuel', feePoints: 500 })
    await world.taken(anna, market, 'YES', 300)
    const bet = await world.taken(borys, market, 'NO', 100)

    assert.isNull(bet.odds)
    assert.equal(bet.potential, 38_000n)
    await market.refresh()
    assert.containSubset(market.toJSON(), { yesPool: 30_000n, noPool: 10_000n, yesPotential: 0n, exposure: 0n })
    assert.equal(await world.houseExposure(), 0n)
    assert.containSubset(await world.bettor(borys), { exposure: 0n })
  })

  test('takes odds that got a little worse, or better, and asks again about more', async ({ assert }) => {
    const [anna, borys, market] = [
      await world.customer({ bought: '5000' }),
      await world.customer(),
      await world.market(),
    ]
    await world.taken(anna, market, 'YES', 1000)
    await world.set(slippagePoints, 100)
    const { odds } = accepted(await world.quote(borys, market, 'NO', 400))
    assert.equal(odds, 350)

    const worse = await world.bet(borys, market, 'NO', 400, { shownOdds: 354 })
    assert.containSubset(worse, { ok: false, refusal: { code: 'odds_moved', params: { odds: '3.50', shown: '3.54' } } })
    assert.isTrue(!worse.ok && isOddsMoved(worse.refusal) && worse.refusal.quote.odds === 350)
    await world.taken(borys, market, 'NO', 400, { shownOdds: 353 })
    await world.taken(anna, market, 'YES', 10, { shownOdds: 101 })
  })

  test('takes odds of 1.00', async ({ assert }) => {
    const [customer, market] = [await world.customer({ bought: '20000' }), await world.market()]
    await world.taken(customer, market, 'YES', 10)
    await world.set(maxStake, '20000')
    const quote = accepted(await world.quote(customer, market, 'YES', 5000))
    assert.containSubset(quote, { odds: 100, canWinNothing: true })
    assert.containSubset(await world.taken(customer, market, 'YES', 5000), { potential: 500_000n })
  })

  test('writes nothing when it refuses', async ({ assert }) => {
    const [customer, market] = [await world.customer({ bought: '9.99' }), await world.market()]
    const result = await world.bet(customer, market, 'YES', 10)
    assert.containSubset(result, { refusal: { code: 'insufficient_funds' } })
    for (const table of ['bets', 'market_positions']) assert.lengthOf(await db.from(table), 0)
    await market.refresh()
    assert.equal(market.yesPool, 0n)
    assert.equal(await world.houseExposure(), 0n)
  })
})

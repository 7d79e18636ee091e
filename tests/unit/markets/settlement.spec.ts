import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CustomerFactory } from '#database/factories/customer_factory'
import MarketSettlement from '#markets/models/market_settlement'
import { feePoints } from '#markets/settings'
import { manyBets } from '#tests/support/markets/many_bets'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { pred } from '#tests/support/markets/world'

test.group('Settlement of a market', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('at fixed odds winners get what their bets promised, losers nothing', async ({ assert }) => {
    const market = await world.market()
    const [ann, bob] = [await world.customer({ bought: '100' }), await world.customer({ bought: '100' })]
    const won = await world.taken(ann, market, 'YES', 40)
    await world.taken(bob, market, 'NO', 25)
    const house = await world.houseBalance()

    const settlement = await world.done(world.resolve(market, 'YES'))

    assert.deepEqual(await world.purse(ann), { bought: 6000n + won.potential, free: 0n })
    assert.deepEqual(await world.purse(bob), { bought: 7500n, free: 0n })
    assert.equal(await world.houseBalance(), house - won.potential)
    assert.containsSubset(settlement.$attributes, { status: 'done', doneBets: 2, donePayout: won.potential, bets: 2 })
    assert.equal(settlement.payout, won.potential)
    const [first, second] = await world.bets(market)
    assert.containsSubset(
      [first.$attributes, second.$attributes],
      [
        { status: 'won', payout: won.potential, settlementId: settlement.id },
        { status: 'lost', payout: 0n, settlementId: settlement.id, settlementTransferId: null },
      ]
    )
    await market.refresh()
    assert.containsSubset(market.$attributes, { status: 'resolved', result: 'YES', exposure: 0n })
    assert.isNotNull(market.settledAt)
    assert.equal(await world.houseExposure(), 0n)
    assert.containsSubset(await world.record(ann), { wins: 1, streak: 1, openBets: 0, exposure: 0n })
    assert.containsSubset(await world.record(bob), { losses: 1, streak: 0, openBets: 0 })
    assert.isEmpty(await world.ledgerFaults())
  })

  test('each bet is told of once', async ({ assert }) => {
    const market = await world.market({ title: 'Will <it> rain?' })
    const [ann, bob] = [await world.customer(), await world.customer()]
    const won = await world.taken(ann, market, 'YES', 40)
    await world.taken(bob, market, 'NO', 25)

    await world.done(world.resolve(market, 'YES'))

    const [news, ...more] = await world.news(ann)
    assert.equal(news.template, 'bet_won')
    assert.containsSubset(news.params, { title: 'Will <it> rain?', payout: won.potentialMoney.toJSON() })
    assert.isEmpty(more)
    assert.containsSubset(await world.news(bob), [{ template: 'bet_lost', params: { result: 'YES', outcome: 'NO' } }])
  })

  test('a win keeps the share of the stake that was bought, rounded down', async ({ assert }) => {
    const market = await world.market()
    const ann = await world.customer({ bought: '10', free: '20' })
    const bet = await world.taken(ann, market, 'YES', 30)
    assert.deepEqual([bet.granted, bet.bought], [2000n, 1000n])
    assert.equal(bet.potential, 6000n)

    await world.done(world.resolve(market, 'YES'))

    assert.deepEqual(await world.purse(ann), { bought: 2000n, free: 4000n })
  })

  test('winners of a pool share it less the fee, each rounded down, and the rest goes to fees', async ({ assert }) => {
    await world.set(feePoints, 333)
    const market = await world.market({ pricing: 'parimutuel' })
    const customers = [await world.customer(), await world.customer(), await world.customer(), await world.customer()]
    const [ann, bob, cleo, dan] = customers
    await world.taken(ann, market, 'YES', '10.01')
    await world.taken(bob, market, 'YES', '7')
    await world.taken(cleo, market, 'YES', '3.33')
    await world.taken(dan, market, 'NO', '20')

    const settlement = await world.done(world.resolve(market, 'YES'))

    const pool = 1001n + 700n + 333n + 2000n
    const shared = pool - (pool * 333n + 9999n) / 10_000n
    const shares = [1001n, 700n, 333n].map((stake) => (shared * stake) / 2034n)
    const payout = shares.reduce((sum, share) => sum + share)
    const bets = await world.bets(market)
    assert.deepEqual(
      bets.map((bet) => bet.payout),
      [...shares, 0n]
    )
    assert.equal(await world.fees(), pool - payout)
    assert.equal(await world.houseBalance(), 0n)
    assert.deepEqual([settlement.payout, settlement.donePayout, settlement.fee], [payout, payout, pool - payout])
    assert.isEmpty(await world.ledgerFaults())
  })

  test('a pool on whose result nobody bet is given back, without a fee', async ({ assert }) => {
    const market = await world.market({ pricing: 'parimutuel' })
    const ann = await world.customer({ bought: '50', free: '10' })
    await world.taken(ann, market, 'NO', 30)

    await world.done(world.resolve(market, 'YES'))

    assert.deepEqual(await world.purse(ann), { bought: 5000n, free: 1000n })
    assert.equal(await world.fees(), 0n)
    const [bet] = await world.bets(market)
    assert.deepEqual([bet.status, bet.payout], ['refunded', 3000n])
    assert.containsSubset(await world.news(ann), [{ template: 'bet_refunded', params: { why: 'nobody_won' } }])
  })

  test('cancelling gives every stake back to where it came from', async ({ assert }) => {
    const market = await world.market()
    const [ann, bob] = [await world.customer({ bought: '10', free: '20' }), await world.customer({ bought: '70' })]
    const before = await world.balances()
    await world.taken(ann, market, 'YES', 25)
    await world.taken(bob, market, 'NO', 40)
    await world.taken(bob, market, 'NO', 30)

    await world.done(world.cancel(market))

    assert.deepEqual(await world.balances(), before)
    await market.refresh()
    assert.deepEqual([market.status, market.exposure, market.result], ['cancelled', 0n, null])
    assert.containsSubset(await world.record(bob), { refunds: 2, wins: 0, losses: 0, exposure: 0n })
    assert.containsSubset(await world.news(ann), [{ template: 'bet_refunded', params: { why: 'cancelled' } }])
    const bets = await world.bets(market)
    const refunds = await db.from('ledger_transfers').where('kind', 'bet_refund').select('corrects_id')
    assert.sameMembers(
      refunds.map(({ corrects_id: id }) => id),
      bets.map(({ stakeTransferId }) => stakeTransferId)
    )
  })

  test('the bets of somebody banned are settled too', async ({ assert }) => {
    const market = await world.market()
    const ann = await world.customer()
    const bet = await world.taken(ann, market, 'YES', 10)
    await ann.merge({ bannedAt: 1, banReason: 'Spam' }).save()

    await world.done(world.resolve(market, 'YES'))

    assert.deepEqual(await world.purse(ann), { bought: 99_000n + bet.potential, free: 0n })
  })

  test('a market without bets is settled at once', async ({ assert }) => {
    const market = await world.market({ pricing: 'parimutuel' })
    const settlement = await world.done(world.resolve(market, 'NO'))
    assert.deepEqual([settlement.status, settlement.doneBets], ['done', 0])
  })

  test('more bets than one step does are settled in several, in the order of customers', async ({ assert }) => {
    const market = await world.market()
    const customers = await CustomerFactory.createMany(4)
    await manyBets(
      market,
      customers.map(({ id }) => id),
      2100
    )

    const settlement = await world.done(world.resolve(market, 'YES'))

    assert.equal(settlement.doneBets, 2100)
    assert.equal(settlement.donePayout, settlement.payout)
    assert.isEmpty(await world.bets(market).where('status', 'open'))
    assert.isEmpty(await world.ledgerFaults())
  }).timeout(60_000)

  test('the admin who decided is named by the transfers and the log', async ({ assert }) => {
    const market = await world.market()
    const ann = await world.customer()
    await world.taken(ann, market, 'YES', 10)
    await world.done(world.resolve(market, 'YES', { note: ' Seen live ' }))

    const transfer = await db.from('ledger_transfers').where('kind', 'bet_payout').firstOrFail()
    assert.containsSubset(transfer, { actor_type: 'admin', actor_id: 1, reference_type: 'bet' })
    const entries = await db.from('audit_entries').where('subject_type', 'market').orderBy('id')
    assert.deepEqual(
      entries.map(({ action, actor_name: name }) => [action, name]),
      [
        ['market.resolved', 'Olena'],
        ['market.settled', 'system'],
      ]
    )
    const settlement = await MarketSettlement.findByOrFail('marketId', market.id)
    assert.containsSubset(settlement.$attributes, { note: 'Seen live', evidenceUrl: 'https://example.org/result' })
    assert.equal(settlement.payoutMoney.toString(), pred('20').toString())
  })
})

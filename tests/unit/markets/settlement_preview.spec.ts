import { test } from '@japa/runner'
import { SettlementPreviewQuery } from '#markets/queries/settlement_preview_query'
import { feePoints, settlementApprovalAbove } from '#markets/settings'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { pred } from '#tests/support/markets/world'
import { HOUR } from '#tests/support/test_clock'

test.group('Preview of a settlement', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const preview = () => world.make(SettlementPreviewQuery)

  test('says what each result would cost the house', async ({ assert }) => {
    const market = await world.market()
    const [ann, bob] = [await world.customer(), await world.customer()]
    const first = await world.taken(ann, market, 'YES', 30)
    const second = await world.taken(bob, market, 'NO', 20)
    const third = await world.taken(ann, market, 'YES', 10)
    const query = await preview()

    const yes = await query.run({ marketId: market.id, kind: 'resolve', result: 'YES' })
    assert.containsSubset(yes, { bets: 3, winners: 2, losers: 1, staked: pred(60), refunds: pred(0), fee: pred(0) })
    const won = first.potential + third.potential
    assert.deepEqual([yes.payout.minor, yes.houseResult.minor], [won, 6000n - won])
    assert.containsSubset(yes.largestWinners, [{ customer: { id: ann.id }, bets: 2, stake: pred(40) }])
    assert.deepEqual([yes.largestWinners.length, yes.largestWinners[0].payout.minor], [1, won])
    assert.deepEqual([yes.isEarly, yes.needsApproval], [true, false])

    const no = await query.run({ marketId: market.id, kind: 'resolve', result: 'NO' })
    assert.deepEqual([no.payout.minor, no.winners, no.losers], [second.potential, 1, 2])

    const cancel = await query.run({ marketId: market.id, kind: 'cancel' })
    assert.containsSubset(cancel, { refunds: pred(60), payout: pred(0), houseResult: pred(0), largestWinners: [] })
    await market.refresh()
    assert.equal(cancel.exposure.minor, market.exposure)
  })

  test('says to the unit what a pool would pay, and the settlement does it', async ({ assert }) => {
    await world.set(feePoints, 333)
    const market = await world.market({ pricing: 'parimutuel' })
    const customers = [await world.customer(), await world.customer(), await world.customer()]
    await world.taken(customers[0], market, 'YES', '3.33')
    await world.taken(customers[0], market, 'YES', '1.07')
    await world.taken(customers[1], market, 'YES', '7.01')
    await world.taken(customers[2], market, 'NO', '9.99')
    const query = await preview()
    const seen = await query.run({ marketId: market.id, kind: 'resolve', result: 'YES' })

    await world.set(feePoints, 333)
    const settlement = await world.done(world.resolve(market, 'YES', { expected: seen.seen }))

    assert.deepEqual([settlement.donePayout, await world.fees()], [seen.payout.minor, seen.fee.minor])
    assert.equal(seen.houseResult.minor, seen.fee.minor)
    const largest = seen.largestWinners.map(({ customer, payout }) => [customer.id, payout.minor])
    const bets = await world.bets(market)
    assert.deepEqual(largest, [
      [customers[1].id, bets[2].payout],
      [customers[0].id, bets[0].payout! + bets[1].payout!],
    ])
  })

  test('shows ten winners at most, the largest first', async ({ assert }) => {
    const market = await world.market()
    for (let stake = 1; stake <= 12; stake++) await world.taken(await world.customer(), market, 'YES', stake)
    const query = await preview()
    const { largestWinners } = await query.run({ marketId: market.id, kind: 'resolve', result: 'YES' })
    const payouts = largestWinners.map(({ payout }) => payout.minor)
    assert.lengthOf(payouts, 10)
    assert.deepEqual(
      payouts,
      payouts.toSorted((one, other) => Number(other - one))
    )
    assert.equal(largestWinners[0].stake.minor, 1200n)
  })

  test('says when a second admin must agree, and when the end has come', async ({ assert }) => {
    const market = await world.market()
    await world.taken(await world.customer(), market, 'YES', 30)
    await world.set(settlementApprovalAbove, '59.99')
    const query = await preview()
    const yes = await query.run({ marketId: market.id, kind: 'resolve', result: 'YES' })
    const no = await query.run({ marketId: market.id, kind: 'resolve', result: 'NO' })
    assert.deepEqual([yes.needsApproval, no.needsApproval], [true, false])
    world.clock.advance(HOUR)
    const { isEarly } = await query.run({ marketId: market.id, kind: 'resolve', result: 'YES' })
    assert.isFalse(isEarly)
  })
})

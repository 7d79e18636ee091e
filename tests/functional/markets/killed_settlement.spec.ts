import { once } from 'node:events'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CustomerFactory } from '#database/factories/customer_factory'
import type Market from '#markets/models/market'
import type MarketSettlement from '#markets/models/market_settlement'
import { batchSize } from '#markets/settlement/settled_rows'
import { Settlements } from '#markets/settlement/settlements'
import { accepted } from '#tests/support/ledger'
import { manyBets } from '#tests/support/markets/many_bets'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { endProcess, runScript, startScript } from '#tests/support/processes'

const HALTING = new URL('scripts/settle_and_halt.ts', import.meta.url)
const SETTLING = new URL('scripts/settle.ts', import.meta.url)

const POINTS = [
  ...['before:records', 'after:records', 'after:money', 'after:news'],
  ...['after:batch', 'before:finish', 'after:finish'],
]

test.group('A settlement whose process is killed', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  /** Three steps' worth of bets by five customers; those of the first, third and fifth win. */
  const given = async () => {
    const customers = await CustomerFactory.createMany(5)
    const market = await world.market()
    const ids = customers.map(({ id }) => id)
    return manyBets(market, ids, 2 * batchSize() + 17)
  }
  const goOn = async (settlement: MarketSettlement) => {
    const settlements = await world.make(Settlements)
    await settlements.run(settlement.id)
    return settlement.refresh()
  }
  /** Dies at that point of its second step, or of its only end. */
  const killAt = async ({ id }: MarketSettlement, point: string) => {
    const { child } = startScript(HALTING, [id, point, point.endsWith('finish') ? 1 : 2])
    const [message] = (await once(child, 'message')) as [{ halted?: boolean }]
    await endProcess(child, 'SIGKILL')
    return message.halted === true
  }
  const newsOf = async ({ id }: MarketSettlement) => {
    const rows = await db.from('notifications').whereLike('dedupe_key', `settlement:${id}:%`).count('* as total')
    return Number(rows[0].total)
  }
  /** Payouts of a settlement by bet: each bet at most once. */
  const payouts = async (market: Market) => {
    const [{ total, bets }] = await db
      .from('ledger_transfers')
      .where('kind', 'bet_payout')
      .join('bets', 'bets.reference', 'ledger_transfers.reference_id')
      .where('bets.market_id', market.id)
      .count('* as total')
      .countDistinct('bets.id as bets')
    return { total: Number(total), bets: Number(bets) }
  }
  const assertSettledOnce = async (assert: any, market: Market, settlement: MarketSettlement) => {
    await market.refresh()
    assert.equal(settlement.status, 'done')
    assert.deepEqual([settlement.doneBets, settlement.donePayout], [market.bets, market.yesPotential])
    assert.deepEqual(await payouts(market), { total: market.yesBets, bets: market.yesBets })
    assert.equal(await newsOf(settlement), market.bets)
    assert.isEmpty(await world.bets(market).where('status', 'open'))
    assert.equal(await world.houseBalance(), market.pool.minor - market.yesPotential)
    assert.equal(await world.houseExposure(), 0n)
    const [{ wins, open }] = await db.from('bettors').sum('wins as wins').sum('open_bets as open')
    assert.deepEqual([Number(wins), Number(open)], [market.yesBets, 0])
    const ends = await db.from('audit_entries').where({ subject_id: String(market.id), action: 'market.settled' })
    assert.lengthOf(ends, 1)
    assert.isEmpty(await world.ledgerFaults())
  }

  test('{$self}: every bet is settled once')
    .with(POINTS)
    .run(async ({ assert }, point) => {
      const market = await given()
      const { settlement } = accepted(await world.resolve(market, 'YES'))
      assert.isTrue(await killAt(settlement, point), 'it got there')

      await goOn(settlement)

      await assertSettledOnce(assert, market, settlement)
    })
    .timeout(120_000)

  test('{$self} of a reversal: everything is as before the settlement')
    .with(['after:records', 'after:news', 'before:finish'])
    .run(async ({ assert }, point) => {
      const market = await given()
      const before = await world.balances()
      await world.done(world.resolve(market, 'YES'))
      const { settlement } = accepted(await world.reverse(market))
      assert.isTrue(await killAt(settlement, point), 'it got there')

      await goOn(settlement)

      await market.refresh()
      assert.deepEqual([settlement.status, settlement.doneBets, market.status], ['done', market.bets, 'closed'])
      assert.deepEqual(await world.balances(), before)
      assert.lengthOf(await world.bets(market).where('status', 'open'), market.bets)
      assert.equal(await newsOf(settlement), market.bets)
      assert.isEmpty(await world.ledgerFaults())
    })
    .timeout(120_000)

  test('several workers at once settle every bet once', async ({ assert }) => {
    const market = await given()
    const { settlement } = accepted(await world.resolve(market, 'YES'))
    const others = [1, 2].map(() => runScript(SETTLING, [settlement.id]))

    await Promise.all([...others, goOn(settlement)])

    await settlement.refresh()
    await assertSettledOnce(assert, market, settlement)
  }).timeout(120_000)
})

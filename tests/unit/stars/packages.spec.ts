import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ArchivePackage } from '#stars/actions/archive_package'
import { CreatePackage } from '#stars/actions/create_package'
import { ReorderPackages } from '#stars/actions/reorder_packages'
import { SchedulePrice } from '#stars/actions/schedule_price'
import { UpdatePackage } from '#stars/actions/update_package'
import StarPackage from '#stars/models/star_package'
import { PackagesQuery } from '#stars/queries/packages_query'
import { ADMIN, money, StarsWorld, valueOf } from '#tests/support/stars/world'
import { HOUR } from '#tests/support/test_clock'

test.group('Star packages', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const fields = { stars: 100, bonus: 10, isActive: true, availableFrom: null, availableUntil: null }
  const update = async (found: StarPackage, changes: object) => {
    const action = await world.make(UpdatePackage)
    return action.handle({ packageId: found.id, revision: found.revision, ...fields, actor: ADMIN, ...changes })
  }
  const price = async (packageId: number, changes: object = {}) => {
    const action = await world.make(SchedulePrice)
    const input = { packageId, currency: 'TON' as const, price: money('80'), validFrom: null, actor: ADMIN }
    return action.handle({ ...input, ...changes })
  }
  const codeOf = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal!.code)
  const actions = async () => {
    const rows = await db.from('audit_entries').orderBy('id').select('action')
    return rows.map(({ action }) => action)
  }

  test('a package is added at the end, with its prices, and audited', async ({ assert }) => {
    const first = await world.package()
    const second = await world.package({
      stars: 250,
      bonus: 25,
      prices: { TON: money('225'), USD: money('300', 'USD') },
    })
    assert.deepEqual([first.position, second.position, second.revision], [1, 2, 1])
    const query = await world.make(PackagesQuery)
    const [, overview] = await query.run()
    assert.deepEqual([...overview.prices.values()].map(String).sort(), ['225.000000000 TON', '300.00 USD'])
    assert.deepEqual(await actions(), ['star_package.created', 'star_package.created'])
  })

  test('refuses {code}')
    .with([
      { code: 'stars_out_of_range', input: { stars: 0 } },
      { code: 'stars_out_of_range', input: { stars: 1.5 } },
      { code: 'stars_out_of_range', input: { stars: 1_000_001 } },
      { code: 'bonus_out_of_range', input: { bonus: -1 } },
      { code: 'bonus_out_of_range', input: { bonus: 1_000_000 } },
      { code: 'period_reversed', input: { availableFrom: 2, availableUntil: 2 } },
      { code: 'ton_price_required', input: { prices: {} } },
      { code: 'price_not_positive', input: { prices: { TON: money('0') } } },
      { code: 'price_currency_differs', input: { prices: { TON: money('5', 'USD') } } },
      { code: 'currency_not_priced', input: { prices: { TON: money('5'), PRED: money('5', 'PRED') } } },
    ])
    .run(async ({ assert }, { code, input }) => {
      const action = await world.make(CreatePackage)
      const result = await action.handle({ ...fields, prices: { TON: money('95') }, actor: ADMIN, ...input })
      assert.equal(codeOf(result), code)
      assert.lengthOf(await StarPackage.all(), 0)
    })

  test('an admin changes it; a stale form is refused', async ({ assert }) => {
    const found = await world.package()
    assert.equal(codeOf(await update(found, { stars: 120 })), 'ok')
    assert.equal(codeOf(await update(found, { stars: 130 })), 'stale')
    assert.equal(codeOf(await update(found, { stars: 0 })), 'stars_out_of_range')
    assert.equal(codeOf(await update({ id: 999, revision: 1 } as StarPackage, {})), 'package_not_found')
    await found.refresh()
    assert.deepEqual([found.stars, found.revision], [120, 2])
    const entry = await db.from('audit_entries').where('action', 'star_package.updated').firstOrFail()
    assert.include(JSON.stringify(entry.before), '100')
    assert.include(JSON.stringify(entry.after), '120')
  })

  test('prices are added to a history that nobody can change', async ({ assert }) => {
    const { id } = await world.package()
    const validFrom = world.clock.now() + HOUR
    assert.equal(codeOf(await price(id, { validFrom })), 'ok')
    assert.equal(codeOf(await price(id, { validFrom: world.clock.now() - 1 })), 'past_date')
    assert.equal(codeOf(await price(id, { price: null })), 'ton_price_required')
    assert.equal(codeOf(await price(999)), 'package_not_found')
    const query = await world.make(PackagesQuery)
    const [overview] = await query.run()
    assert.deepEqual(
      overview.planned.map((line) => [line.price, line.validFrom]),
      [[80_000_000_000n, validFrom]]
    )
    assert.lengthOf(await query.history(id), 2)
    await assert.rejects(() => db.from('star_package_prices').update({ price: 1 }), /append-only/)
    await assert.rejects(() => db.from('star_package_prices').delete(), /append-only/)
  })

  test('of two prices for one moment the later written holds: so a planned one is taken back', async ({ assert }) => {
    const { id } = await world.package()
    const validFrom = world.clock.now() + HOUR
    valueOf(await price(id, { validFrom }))
    valueOf(await price(id, { validFrom, price: money('95') }))
    world.clock.moveTo(validFrom)
    assert.equal(String(valueOf(await world.quote({ packageId: id }, 'invoice')).price), '95.000000000 TON')
  })

  test('an archived package is gone from the shop and keeps its orders', async ({ assert }) => {
    const found = await world.package()
    const order = await world.bought(await world.customer(), { choice: { packageId: found.id } })
    const archive = await world.make(ArchivePackage)
    valueOf(await archive.handle({ packageId: found.id, actor: ADMIN }))

    assert.equal(codeOf(await world.quote({ packageId: found.id })), 'package_not_found')
    assert.equal(codeOf(await archive.handle({ packageId: found.id, actor: ADMIN })), 'package_archived')
    assert.equal(codeOf(await update(found, {})), 'package_archived')
    assert.equal(codeOf(await price(found.id)), 'package_archived')
    const query = await world.make(PackagesQuery)
    assert.lengthOf(await query.run(), 0)
    assert.lengthOf(await query.run({ archived: true }), 1)
    await order.refresh()
    assert.equal(order.packageId, found.id)
  })

  test('packages are put in another order, all of them or none', async ({ assert }) => {
    const [a, b, c] = [await world.package(), await world.package(), await world.package()]
    const reorder = await world.make(ReorderPackages)
    for (const ids of [[a.id], [a.id, b.id, b.id], [a.id, b.id, 999], []]) {
      assert.equal(codeOf(await reorder.handle({ ids, actor: ADMIN })), 'stale')
    }
    valueOf(await reorder.handle({ ids: [c.id, a.id, b.id], actor: ADMIN }))
    const query = await world.make(PackagesQuery)
    const overview = await query.run()
    assert.deepEqual(
      overview.map(({ package: { id } }) => id),
      [c.id, a.id, b.id]
    )
  })
})

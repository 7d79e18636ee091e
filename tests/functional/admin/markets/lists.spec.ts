import { test } from '@japa/runner'
import { globalExposure, marketExposure, marketsEnabled } from '#markets/settings'
import { Memory } from '#stats/memory'
import { MarketsWorld } from '#tests/support/markets/world'
import { createAdmin, loginAs } from '#tests/support/staff'
import { DAY, HOUR } from '#tests/support/test_clock'

const NBSP = '\u00A0'
const MINUS = '\u2212'
const OF_BOUGHT = 'by bought points won with granted ones'

test.group('Lists of markets in the panel', (group) => {
  const world = new MarketsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const named = (title: string, columns: object = {}) =>
    world.market({ title, searchTitle: title.toLowerCase(), endsAt: world.clock.now() + DAY, ...columns })

  test('markets are searched by the beginning of the title, filtered and exported', async ({ client, assert }) => {
    const sports = await world.givenCategory('sports')
    const btc = await named('BTC above 120k?')
    await named('Dynamo wins?', { categoryId: sports.id, pricing: 'parimutuel', isPromoted: true })
    await named('Rain on Monday?', { status: 'draft', endsAt: world.clock.now() + 30 * DAY })
    const admin = await createAdmin({ role: 'read-only' })
    const listed = async (qs: object) => {
      const page = await loginAs(client.get('/admin/markets').qs({ ...qs, format: 'csv' }), admin)
      const lines = page.text().trim().split('\n').slice(1)
      return lines.map((line) => line.split(',')[1]).sort()
    }
    const [BTC, DYNAMO, RAIN] = ['BTC above 120k?', 'Dynamo wins?', 'Rain on Monday?']
    assert.deepEqual(await listed({}), [BTC, DYNAMO, RAIN])
    assert.deepEqual(await listed({ q: 'btc AB' }), [BTC])
    assert.deepEqual(await listed({ q: 'above' }), [])
    assert.deepEqual(await listed({ q: `#${btc.reference.toLowerCase()}` }), [BTC])
    assert.deepEqual(await listed({ status: 'draft' }), [RAIN])
    assert.deepEqual(await listed({ category: sports.id }), [DYNAMO])
    assert.deepEqual(await listed({ pricing: 'parimutuel' }), [DYNAMO])
    assert.deepEqual(await listed({ to: '2026-06-15' }), [BTC, DYNAMO])
    assert.deepEqual(await listed({ status: 'nonsense', category: 'x' }), [BTC, DYNAMO, RAIN])
  })

  test('without markets the lists say what there will be', async ({ client, assert }) => {
    const admin = await createAdmin()
    const list = await loginAs(client.get('/admin/markets'), admin)
    assert.include(list.text(), 'No markets yet')
    const board = await loginAs(client.get('/admin/markets/exposure'), admin)
    assert.include(board.text(), 'Nothing is at stake')
  })

  test('the board tells what is staked and what the house loses at worst', async ({ client, assert }) => {
    const [olena, petro] = [await world.customer(), await world.customer()]
    const btc = await named('BTC above 120k?', { endsAt: world.clock.now() + 5 * HOUR })
    const rain = await named('Rain on Monday?', { endsAt: world.clock.now() + 40 * DAY })
    await world.taken(olena, btc, 'YES', 100)
    await world.taken(petro, btc, 'NO', 50)
    await world.taken(olena, rain, 'NO', 10)
    await named('A draft?', { status: 'draft' })
    await named('Settled?', { status: 'resolved', settledAt: world.clock.now(), yesPool: 99_900n })
    const [market] = [await btc.refresh(), await rain.refresh()]

    const page = await loginAs(client.get('/admin/markets/exposure'), await createAdmin({ role: 'support' }))
    const text = page.text()
    assert.include(text, '160.00 PRED')
    assert.include(text, 'by 2 customers')
    assert.include(text, '1 closes today')
    assert.include(text, `>${MINUS}60.00<`)
    assert.include(text, 'BTC above 120k?')
    assert.include(text, 'YES 67 %, NO 33 %')
    assert.include(text, '67 % at ')
    assert.notInclude(text, 'A draft?')
    assert.notInclude(text, 'Settled?')
    assert.equal(market.houseResultIf('YES'), -5000n)
    assert.include(text, `${MINUS}50.00</span>`)
  })

  test('markets near their limit are marked and found', async ({ client, assert }) => {
    await world.set(marketExposure, '1000')
    await world.set(globalExposure, '2000')
    await named('Far from it?', { yesPool: 100_00n, yesPotential: 200_00n, yesBets: 1, exposure: 100_00n })
    await named('Near it?', { yesPool: 800_00n, yesPotential: 1600_00n, yesBets: 1, exposure: 800_00n })
    await named('At its own?', { yesPool: 50_00n, yesPotential: 100_00n, exposure: 50_00n, exposureLimit: 50_00n })
    await named('A pool?', { yesPool: 5000_00n, pricing: 'parimutuel' })
    const bought = { yesPool: 10_00n, yesBought: 10_00n, noPool: 500_00n, exposure: 500_00n }
    await named('Bought against granted?', { ...bought, pricing: 'parimutuel' })
    const admin = await createAdmin()
    const page = await loginAs(client.get('/admin/markets/exposure'), admin)
    for (const text of ['near limit', 'at limit', 'no risk', `80 % of 1${NBSP}000.00`, '100 % of 50.00', OF_BOUGHT]) {
      assert.include(page.text(), text)
    }
    const near = await loginAs(client.get('/admin/markets/exposure').qs({ limit: 'near', sort: '-exposure' }), admin)
    assert.notInclude(near.text(), 'Far from it?')
    assert.notInclude(near.text(), 'A pool?')
    assert.isBelow(near.text().indexOf('Near it?'), near.text().indexOf('At its own?'))
  })

  test('the board is filtered by where a market stands, and exported', async ({ client, assert }) => {
    const now = world.clock.now()
    await named('Open?')
    await named('Over, not closed yet?', { endsAt: now - 1 })
    await named('Closed?', { status: 'closed' })
    await named('Settling?', { status: 'resolved', result: 'YES' })
    const admin = await createAdmin()
    const listed = async (qs: object) => {
      const page = await loginAs(client.get('/admin/markets/exposure').qs({ ...qs, format: 'csv' }), admin)
      const lines = page.text().trim().split('\n').slice(1)
      return lines.map((line) => line.split(',').slice(1, -14).join(',').replaceAll('"', '')).sort()
    }
    assert.deepEqual(await listed({ state: 'open' }), ['Open?'])
    assert.deepEqual(await listed({ state: 'ended' }), ['Closed?', 'Over, not closed yet?'])
    assert.deepEqual(await listed({ state: 'settling' }), ['Settling?'])
    assert.lengthOf(await listed({}), 4)
    assert.lengthOf(await listed({ category: world.category.id + 1 }), 0)
  })

  test('an export tells the worst case, which bought points may make in a pool', async ({ client, assert }) => {
    await named('A pool?', { pricing: 'parimutuel', feePoints: 0, yesPool: 30000n, noPool: 10000n, noBought: 10000n })
    const admin = await createAdmin()
    const page = await loginAs(client.get('/admin/markets/exposure').qs({ format: 'csv' }), admin)
    const [head, row] = page
      .text()
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    assert.equal(row[head.indexOf('worst_case')], '-300.00')
    assert.equal(row[head.indexOf('if_no')], '0.00')
  })

  test('the dashboard and the sidebar tell of markets that await a result', async ({ client, assert }) => {
    const memory = await world.make(Memory)
    memory.forget()
    await named('Open?')
    const closed = await named('Closed?', { status: 'closed' })
    await named('Over?', { endsAt: world.clock.now() - 1 })
    const admin = await createAdmin({ role: 'read-only' })
    const page = await loginAs(client.get('/admin'), admin)
    for (const text of ['Open markets', 'Await a result', '/admin/markets/exposure?state=ended']) {
      assert.include(page.text(), text)
    }
    const count = (html: string) => html.match(/Markets<\/span>\s*<span class="panel-nav-count"[^>]*>(\d+)/)?.[1]
    assert.equal(count(page.text()), '2')
    await closed.merge({ status: 'cancelled' }).save()
    memory.forget()
    const later = await loginAs(client.get('/admin/markets'), admin)
    assert.equal(count(later.text()), '1')
  })

  test('while markets are switched off, every page of theirs says so', async ({ client, assert }) => {
    const market = await named('Open?')
    const admin = await createAdmin()
    const paths = ['/admin/markets', '/admin/markets/exposure', `/admin/markets/${market.reference}`]
    const said = async (path: string) => {
      const page = await loginAs(client.get(path), admin)
      return page.text().includes('Markets are switched off.')
    }
    for (const path of paths) assert.isFalse(await said(path), path)
    await world.set(marketsEnabled, false)
    for (const path of paths) assert.isTrue(await said(path), path)
  })
})

import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { Settlements } from '#markets/settlement/settlements'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { pngImage } from '#tests/support/images'
import { createAdmin } from '#tests/support/staff'
import { DAY, HOUR } from '#tests/support/test_clock'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('Markets', (group) => {
  const world = new SettlingWorld()

  group.each.setup(async () => {
    await world.setup()
    drive.fake()
    return () => {
      drive.restore()
      world.teardown()
    }
  })
  group.each.timeout(240_000)

  const named = (title: string, columns: object = {}) =>
    world.market({ title, searchTitle: title.toLowerCase(), endsAt: world.clock.now() + DAY, ...columns })

  /** Markets in every state, with bets: enough for every page to have something to say. */
  async function givenMarkets() {
    const sports = await world.givenCategory('sports')
    const customers = [await world.customer(), await world.customer(), await world.customer({ bought: '100000' })]
    const btc = await named('BTC above 120k by December?', { endsAt: world.clock.now() + 3 * DAY, isPromoted: true })
    const derby = { categoryId: sports.id, endsAt: world.clock.now() + 5 * HOUR, exposureLimit: 2000_00n }
    const dynamo = await named('Dynamo wins the derby', derby)
    const pool = await named('Will the summer be the hottest on record, as measured by Copernicus?', {
      pricing: 'parimutuel',
      feePoints: 500,
    })
    const draft = await named('GTA VI ships on time', { status: 'draft', publishedAt: null })
    const closed = await named('New EU AI rule adopted in June', { status: 'closed', closedAt: world.clock.now() })
    for (const [index, stake] of [120, 80, 40, 65, 200].entries()) {
      world.clock.advance(HOUR / 4)
      await world.taken(customers[index % 2], btc, index % 2 ? 'NO' : 'YES', stake)
      await world.taken(customers[index % 2], pool, index % 2 ? 'NO' : 'YES', 20 + index)
    }
    await world.taken(customers[2], dynamo, 'NO', 1800)
    const settled = await named('Will it rain on 1 June?')
    await world.taken(customers[0], settled, 'NO', 30)
    await world.taken(customers[1], settled, 'YES', 25)
    await world.done(world.resolve(settled, 'NO', { note: 'It did not.' }))
    return { btc, dynamo, pool, draft, closed, settled, customer: customers[0] }
  }

  test('an admin makes a market with an image, publishes it, and finds it on the board', async ({
    assert,
    browserContext,
  }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin/markets')
    await page.getByRole('link', { name: 'New market' }).click()
    await page.getByLabel('Title').fill('BTC above 120k by December?')
    await page.getByLabel('Description').fill('As CoinGecko says on 1 December at noon UTC.')
    await page.getByLabel('Ends').fill('2026-07-01T12:00')
    await page.getByLabel('Image', { exact: true }).setInputFiles({
      ...{ name: 'btc.png', mimeType: 'image/png', buffer: pngImage(320, 180) },
    })
    await page.getByLabel('Exposure limit').fill('2 000')
    await page.getByRole('button', { name: 'Save the draft' }).click()
    await page.getByText('The draft is saved.').waitFor()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await page.getByText('The market is open for bets.').waitFor()

    const market = await Market.firstOrFail()
    assert.deepEqual([market.status, market.exposureLimit], ['active', 200_000n])
    assert.isNotNull(market.imageKey)
    await visit(page, '/admin/markets/exposure')
    await page.getByRole('link', { name: 'BTC above 120k by December?' }).waitFor()
  })

  test('an admin resolves a market after seeing what that pays, and reverses it', async ({
    assert,
    browserContext,
  }) => {
    const market = await named('BTC above 120k by December?', { endsAt: world.clock.now() + HOUR })
    await world.taken(await world.customer({ firstName: 'Olena', lastName: null }), market, 'YES', 100)
    await world.taken(await world.customer(), market, 'NO', 50)
    world.clock.advance(2 * HOUR)
    const settle = async () => {
      const { id } = await MarketSettlement.query().orderBy('id', 'desc').firstOrFail()
      const settlements = await world.make(Settlements)
      await settlements.run(id)
    }
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, `/admin/markets/${market.reference}`)
    await page.getByRole('link', { name: 'Resolve' }).click()
    await page.getByRole('link', { name: 'YES came true' }).click()
    await page.getByRole('link', { name: 'Olena' }).waitFor()
    await page.getByLabel('Evidence').fill('https://example.org/btc')
    await page.getByRole('button', { name: 'Resolve as YES' }).click()
    await page.getByText('0 of 2 are done').waitFor()
    await settle()
    await page.getByRole('link', { name: 'Look again' }).click()
    await page.getByText('came true').waitFor()

    await page.getByRole('link', { name: 'Reverse' }).click()
    await page.getByLabel('Reason').fill('The source was wrong')
    await page.getByRole('button', { name: 'Reverse the settlement' }).click()
    await page.getByText('0 of 2 are done').waitFor()
    await settle()
    await page.reload()
    await page.getByText('reversed later').waitFor()
    await market.refresh()
    assert.equal(market.status, 'closed')
  })

  test('an admin adds a category and puts it first', async ({ assert, browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin/markets/categories')
    await page.getByLabel('Emoji').fill('⚽')
    await page.getByLabel('Name in English').fill('Sports')
    await page.getByRole('button', { name: 'Add the category' }).click()
    await page.getByText('The category is added.').waitFor()
    await page.getByRole('button', { name: 'Move Sports up' }).click()
    await page.getByText('The order has changed.').waitFor()
    assert.isTrue(await page.getByRole('button', { name: 'Move Sports up' }).isDisabled())
  })

  test('every page is accessible', async ({ browserContext }) => {
    const { btc, draft, settled, pool, customer } = await givenMarkets()
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    const paths = {
      markets: '/admin/markets',
      'markets-exposure': '/admin/markets/exposure',
      'markets-categories': '/admin/markets/categories',
      'markets-category': `/admin/markets/categories/${world.category.id}/edit`,
      'market-new': '/admin/markets/create',
      'market-edit': `/admin/markets/${btc.reference}/edit`,
      'market-draft': `/admin/markets/${draft.reference}`,
      market: `/admin/markets/${btc.reference}`,
      'market-pool': `/admin/markets/${pool.reference}`,
      'market-settled': `/admin/markets/${settled.reference}`,
      'market-bets': `/admin/markets/${btc.reference}/bets`,
      bets: '/admin/markets/bets',
      'resolve-choose': `/admin/markets/${btc.reference}/resolution/create`,
      resolve: `/admin/markets/${btc.reference}/resolution/create?result=YES`,
      cancel: `/admin/markets/${btc.reference}/cancellation/create`,
      reverse: `/admin/markets/${settled.reference}/reversal/create`,
      'customer-of-markets': `/admin/customers/${customer.id}`,
    }
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, path)
      await screenshot(page, name)
      await assertAccessible(page)
    }
  })
})

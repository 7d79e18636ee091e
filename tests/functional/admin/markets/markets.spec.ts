import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import Market from '#markets/models/market'
import MediaFile from '#notifications/models/media_file'
import { MarketsWorld } from '#tests/support/markets/world'
import { pngImage } from '#tests/support/images'
import { problemAt } from '#tests/support/problem_at'
import { createAdmin, loginAs } from '#tests/support/staff'
import { DAY } from '#tests/support/test_clock'

const PATH = '/admin/markets'

test.group('Markets in the panel', (group) => {
  const world = new MarketsWorld()

  group.each.setup(async () => {
    await world.setup()
    drive.fake()
    return () => {
      drive.restore()
      world.teardown()
    }
  })

  const form = (changes: Record<string, string> = {}) => ({
    title: 'BTC above 120k?',
    description: 'As CoinGecko says.',
    categoryId: String(world.category.id),
    endsAt: '2026-07-01T15:00',
    pricing: 'fixed_odds',
    ...changes,
  })

  test('a draft is saved with its end in the time zone of the admin, published, and edited', async ({
    client,
    assert,
  }) => {
    const admin = await createAdmin()
    await admin.merge({ timeZone: 'Europe/Kyiv' }).save()
    const posted = form({ isPromoted: 'on', maxStake: '1 000,50', exposureLimit: '2000', fee: '2.5' })
    const response = await loginAs(client.post(PATH).form(posted).redirects(0), admin)
    const market = await Market.firstOrFail()
    response.assertHeader('location', `${PATH}/${market.reference}`)
    assert.equal(market.endsAt, Date.UTC(2026, 6, 1, 12))
    assert.deepEqual([market.maxStake, market.exposureLimit, market.feePoints], [100_050n, 200_000n, 250])

    const page = await loginAs(client.get(`${PATH}/${market.reference}`), admin)
    for (const text of ['BTC above 120k?', 'As CoinGecko says.', '1 Jul 2026, 15:00', 'Publish this market?']) {
      assert.include(page.text(), text)
    }
    const publish = (revision: number) =>
      loginAs(client.post(`${PATH}/${market.reference}/publication`).form({ revision }).redirects(0), admin)
    const stale = await publish(7)
    assert.include(stale.flashMessage('error'), 'Somebody else has changed this market')
    const published = await publish(1)
    published.assertFlashMessage('success', 'The market is open for bets.')

    const edit = await loginAs(client.get(`${PATH}/${market.reference}/edit`), admin)
    for (const text of ['value="2026-07-01T15:00"', 'value="2.5"', 'This market is open']) {
      assert.include(edit.text(), text)
    }
    const put = client.post(`${PATH}/${market.reference}?_method=PUT`)
    await loginAs(put.form({ ...form({ title: 'BTC above 130k?' }), revision: 2 }).redirects(0), admin)
    await market.refresh()
    assert.deepEqual([market.title, market.revision, market.isPromoted], ['BTC above 130k?', 3, false])
  })

  test('what is wrong is told at its field, and what was typed stays')
    .with([
      { field: 'title', posted: { title: 'BTC' }, text: 'Write a title of 5 to 200 characters.' },
      { field: 'description', posted: { description: 'x'.repeat(701) }, text: 'at most 700 characters' },
      { field: 'endsAt', posted: { endsAt: '2026-06-01T11:00' }, text: 'This moment is over' },
      { field: 'endsAt', posted: { endsAt: '' }, text: 'Choose a day and a time.' },
      { field: 'endsAt', posted: { endsAt: '31 December' }, text: 'Choose a day and a time.' },
      { field: 'categoryId', posted: { categoryId: '999999' }, text: 'There is no such category.' },
      { field: 'maxStake', posted: { maxStake: '0' }, text: 'must be above zero' },
      { field: 'maxStake', posted: { maxStake: 'lots' }, text: 'Write a number, such as 12.50.' },
      { field: 'exposureLimit', posted: { exposureLimit: '0' }, text: 'must be above zero' },
      { field: 'fee', posted: { fee: '51' }, text: 'from 0 to 50 %' },
      { field: 'fee', posted: { fee: '1.234' }, text: 'at most two decimals' },
    ])
    .run(async ({ client, assert }, { field, posted, text }) => {
      const response = await loginAs(
        client
          .post(PATH)
          .form(form(posted as any))
          .redirects(0),
        await createAdmin()
      )
      response.assertHeader('location', `${PATH}/create`)
      assert.include(problemAt(response, field), text)
      assert.equal(response.flashMessage('pricing'), 'fixed_odds')
      assert.lengthOf(await Market.all(), 0)
    })

  test('an image is kept, shown, survives a refusal and is removed', async ({ client, assert }) => {
    const admin = await createAdmin()
    const upload = { filename: 'btc.png', contentType: 'image/png' }
    const send = (fields: Record<string, string>) =>
      loginAs(client.post(PATH).fields(fields).file('image', pngImage(40, 20), upload).redirects(0), admin)
    const refused = await send(form({ title: 'no' }))
    const { key } = await MediaFile.firstOrFail()
    assert.equal(refused.flashMessage('imageKey'), key)

    await loginAs(
      client
        .post(PATH)
        .form(form({ imageKey: key }))
        .redirects(0),
      admin
    )
    const market = await Market.firstOrFail()
    assert.equal(market.imageKey, key)
    const page = await loginAs(client.get(`${PATH}/${market.reference}`), admin)
    assert.include(page.text(), `${PATH}/images/${key}`)
    const image = await loginAs(client.get(`${PATH}/images/${key}`), admin)
    image.assertHeader('content-type', 'image/png')
    image.assertHeader('x-content-type-options', 'nosniff')

    const put = client.post(`${PATH}/${market.reference}?_method=PUT`)
    const removal = { ...form({ imageKey: key, removeImage: 'on' }), revision: 1 }
    await loginAs(put.form(removal).redirects(0), admin)
    await market.refresh()
    assert.isNull(market.imageKey)
  })

  test('a file that is no image is refused at its field', async ({ client, assert }) => {
    const file = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    const request = client
      .post(PATH)
      .fields(form())
      .file('image', file, { filename: 'x.png', contentType: 'image/png' })
    const response = await loginAs(request.redirects(0), await createAdmin())
    assert.include(problemAt(response, 'image'), 'no JPEG, PNG or WebP image')
    assert.lengthOf(await Market.all(), 0)
  })

  test('who may not set limits keeps those there are', async ({ client, assert }) => {
    const market = await world.market({ exposureLimit: 70_000n, endsAt: world.clock.now() + DAY })
    const manager = await createAdmin({ role: 'manager' })
    const edit = await loginAs(client.get(`${PATH}/${market.reference}/edit`), manager)
    assert.include(edit.text(), 'Exposure limit and fee are set by an owner.')
    const posted = { ...form({ exposureLimit: '999999', fee: '0' }), revision: 1 }
    await loginAs(client.post(`${PATH}/${market.reference}?_method=PUT`).form(posted).redirects(0), manager)
    await market.refresh()
    assert.deepEqual([market.title, market.exposureLimit, market.feePoints], ['BTC above 120k?', 70_000n, null])
  })

  test('with bets the pricing can not be chosen, and a forged one is refused', async ({ client, assert }) => {
    const market = await world.market()
    await world.taken(await world.customer(), market, 'YES', 10)
    const admin = await createAdmin()
    const edit = await loginAs(client.get(`${PATH}/${market.reference}/edit`), admin)
    assert.include(edit.text(), 'Customers have bet on this market.')
    assert.notInclude(edit.text(), '<select class="form-select " id="pricing"')
    const posted = { ...form({ pricing: 'parimutuel' }), revision: 1 }
    const put = client.post(`${PATH}/${market.reference}?_method=PUT`).form(posted)
    const response = await loginAs(put.redirects(0), admin)
    assert.include(problemAt(response, 'pricing'), 'its pricing and its fee stay')

    const gone = await loginAs(client.post(`${PATH}/${market.reference}?_method=DELETE`).redirects(0), admin)
    assert.include(gone.flashMessage('error'), 'Customers have bet on this market')
    const back = client.post(`${PATH}/${market.reference}/publication?_method=DELETE`)
    const refused = await loginAs(back.redirects(0), admin)
    assert.include(refused.flashMessage('error'), 'Customers have bet on this market')
  })

  test('a market without bets goes back to draft and away', async ({ client, assert }) => {
    const market = await world.market()
    const admin = await createAdmin({ role: 'manager' })
    const back = client.post(`${PATH}/${market.reference}/publication?_method=DELETE`)
    const done = await loginAs(back.redirects(0), admin)
    done.assertFlashMessage('success', 'The market is a draft again.')
    const gone = await loginAs(client.post(`${PATH}/${market.reference}?_method=DELETE`).redirects(0), admin)
    gone.assertHeader('location', PATH)
    assert.lengthOf(await Market.all(), 0)
  })

  test('who may only look sees no button that changes anything', async ({ client, assert }) => {
    const market = await world.market({ status: 'draft' })
    const reader = await createAdmin({ role: 'read-only' })
    const page = await loginAs(client.get(`${PATH}/${market.reference}`), reader)
    for (const text of ['Publish this market?', 'Delete this market?', '/edit']) assert.notInclude(page.text(), text)
    const list = await loginAs(client.get(PATH), reader)
    assert.notInclude(list.text(), 'New market')
  })
})

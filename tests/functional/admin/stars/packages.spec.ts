import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import StarPackage from '#stars/models/star_package'
import StarPackagePrice from '#stars/models/star_package_price'
import { createAdmin, loginAs } from '#tests/support/staff'
import { money, StarsWorld } from '#tests/support/stars/world'
import { DAY } from '#tests/support/test_clock'

const PATH = '/admin/stars/packages'
const FORM = { stars: '300', bonus: '30', TON: '270', isActive: 'on' }

test.group('Stars packages in the panel', (group) => {
  const world = new StarsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('a package is added at the end with its prices, audited, and customers can buy it', async ({
    client,
    assert,
  }) => {
    const admin = await createAdmin()
    const form = { ...FORM, USDT: '810.50' }
    const response = await loginAs(client.post(PATH).form(form).redirects(0), admin)

    const created = await StarPackage.query().orderBy('position', 'desc').firstOrFail()
    response.assertHeader('location', `${PATH}/${created.id}`)
    assert.deepEqual([created.stars, created.bonus, created.isActive], [300, 30, true])
    const entry = await db.from('audit_entries').where('action', 'star_package.created').firstOrFail()
    assert.equal(entry.actor_id, admin.id)

    const page = await loginAs(client.get(`${PATH}/${created.id}`), admin)
    for (const text of ['270.00', '810.50', 'in force', 'saves 10 %', 'delivered by hand'])
      assert.include(page.text(), text)
  })

  test('what is wrong is told at its field, and what was typed stays')
    .with([
      { field: 'stars', form: { ...FORM, stars: '0' } },
      { field: 'stars', form: { ...FORM, stars: '1.5' } },
      { field: 'bonus', form: { ...FORM, bonus: 'many' } },
      { field: 'TON', form: { ...FORM, TON: '1,000' } },
      { field: 'TON', form: { ...FORM, TON: '' } },
      { field: 'TON', form: { ...FORM, TON: '-5' } },
      { field: 'USD', form: { ...FORM, USD: '1.001' } },
      {
        field: 'availableUntil',
        form: { ...FORM, availableFrom: '2026-06-02T10:00', availableUntil: '2026-06-01T10:00' },
      },
    ])
    .run(async ({ client, assert }, { field, form }) => {
      const before = await StarPackage.all()
      const response = await loginAs(client.post(PATH).form(form).redirects(0), await createAdmin())
      response.assertStatus(302)
      assert.property(response.flashMessage('inputErrorsBag'), field)
      assert.equal(response.flashMessage('stars'), form.stars)
      assert.lengthOf(await StarPackage.all(), before.length)
    })

  test('dates are read in the time zone of the admin', async ({ client, assert }) => {
    const admin = await createAdmin()
    await admin.merge({ timeZone: 'Europe/Kyiv' }).save()
    const form = { ...FORM, availableFrom: '2026-06-10T12:00' }
    await loginAs(client.post(PATH).form(form).redirects(0), admin)

    const created = await StarPackage.query().orderBy('id', 'desc').firstOrFail()
    assert.equal(created.availableFrom, Date.UTC(2026, 5, 10, 9))
    const page = await loginAs(client.get(`${PATH}/${created.id}`), admin)
    assert.include(page.text(), 'value="2026-06-10T12:00"')
    assert.include(page.text(), 'see it yet.')
  })

  test('a change that somebody else overtook is refused', async ({ client, assert }) => {
    const item = await world.package()
    const admin = await createAdmin()
    const put = (form: object) =>
      loginAs(
        client
          .post(`${PATH}/${item.id}?_method=PUT`)
          .form({ revision: 1, ...form })
          .redirects(0),
        admin
      )
    await put({ stars: '120', bonus: '0' })
    await item.refresh()
    assert.deepEqual([item.stars, item.bonus, item.isActive], [120, 0, false])

    const response = await put({ stars: '500', bonus: '0' })
    assert.isString(response.flashMessage('error'))
    await item.refresh()
    assert.equal(item.stars, 120)
  })

  test('a price is set for now or planned, and the history keeps each', async ({ client, assert }) => {
    const item = await world.package()
    const admin = await createAdmin({ role: 'finance' })
    const price = (form: object) => loginAs(client.post(`${PATH}/${item.id}/prices`).form(form).redirects(0), admin)
    world.clock.advance(DAY)
    const response = await price({ currency: 'TON', price: '90' })
    response.assertFlashMessage('success', 'The price is in force.')
    const later = new Date(world.clock.now() + DAY).toISOString().slice(0, 16)
    const planned = await price({ currency: 'TON', price: '80', validFrom: later })
    planned.assertFlashMessage('success', 'The price is planned.')

    const page = await loginAs(client.get(`${PATH}/${item.id}`), admin)
    for (const text of ['80.00', '90.00', '95.00', 'planned', 'in force', 'over', admin.fullName]) {
      assert.include(page.text(), text)
    }
    const list = await loginAs(client.get('/admin/stars'), admin)
    assert.include(list.text(), '80.00 TON from')
    const lines = await StarPackagePrice.query().where('packageId', item.id)
    assert.lengthOf(lines, 3)
  })

  test('a price in the past or of nothing is refused at its field', async ({ client, assert }) => {
    const item = await world.package()
    const admin = await createAdmin()
    const refused = async (form: object) => {
      const response = await loginAs(client.post(`${PATH}/${item.id}/prices`).form(form).redirects(0), admin)
      return Object.keys(response.flashMessage('inputErrorsBag'))
    }
    assert.deepEqual(await refused({ currency: 'TON', price: '80', validFrom: '2020-01-01T00:00' }), ['validFrom'])
    assert.deepEqual(await refused({ currency: 'TON', price: '' }), ['price'])
    assert.deepEqual(await refused({ currency: 'TON', price: '0' }), ['price'])
    assert.deepEqual(await refused({ currency: 'STARS', price: '5' }), ['currency'])
    assert.lengthOf(await StarPackagePrice.query().where('packageId', item.id), 1)
  })

  test('packages move up and down, and are archived for good', async ({ client, assert }) => {
    await StarPackage.query().update({ archivedAt: 1 })
    const [first, second] = [await world.package(), await world.package({ stars: 200, prices: { TON: money('180') } })]
    const admin = await createAdmin()
    const act = (path: string, form: object = {}) => loginAs(client.post(path).form(form).redirects(0), admin)

    await act(`${PATH}/${second.id}/move`, { direction: 'up' })
    await act(`${PATH}/${second.id}/move`, { direction: 'up' })
    await Promise.all([first.refresh(), second.refresh()])
    assert.isBelow(second.position, first.position)

    await act(`${PATH}/${first.id}/archive`)
    await first.refresh()
    assert.isTrue(first.isArchived)
    const list = await loginAs(client.get('/admin/stars'), admin)
    assert.notInclude(list.text(), `${PATH}/${first.id}"`)
    const archived = await loginAs(client.get('/admin/stars').qs({ archived: 1 }), admin)
    assert.include(archived.text(), `${PATH}/${first.id}"`)
    const page = await loginAs(client.get(`${PATH}/${first.id}`), admin)
    assert.notInclude(page.text(), '/prices"')
  })

  test('whoever may only look is offered no form', async ({ client, assert }) => {
    const item = await world.package()
    const admin = await createAdmin({ role: 'read-only' })
    for (const path of ['/admin/stars', `${PATH}/${item.id}`]) {
      const page = await loginAs(client.get(path), admin)
      page.assertStatus(200)
      for (const part of ['/prices"', '/archive"', '/move"', 'packages/create']) assert.notInclude(page.text(), part)
    }
  })
})

import { test } from '@japa/runner'
import type { Role } from '#staff/roles'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { createAdmin, loginAs } from '#tests/support/staff'
import { HOUR } from '#tests/support/test_clock'

test.group('The page of a market', (group) => {
  const world = new SettlingWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const path = ({ reference }: { reference: string }) => `/admin/markets/${reference}`

  test('shows what is staked, the odds through time, who has bet, and what admins did', async ({ client, assert }) => {
    const market = await world.market({ title: 'BTC above 120k?', imageKey: 'abc' })
    const olena = await world.customer({ firstName: 'Olena', lastName: null, username: null })
    await world.taken(olena, market, 'YES', 100)
    world.clock.advance(HOUR / 4)
    await world.taken(await world.customer(), market, 'NO', 50)
    const page = await loginAs(client.get(path(market)), await createAdmin({ role: 'support' }))
    const text = page.text()
    for (const words of ['BTC above 120k?', '150.00 PRED', 'by 2 customers', '1 on YES, 1 on NO', '>Olena</a>']) {
      assert.include(text, words)
    }
    assert.include(text, `/admin/customers/${olena.id}`)
    assert.match(text, /<path class="odds-line" d="M0 0.0H600.0V39.6H600"/)
    assert.match(text, /<td>67 %<\/td>\s*<td>1.50<\/td>\s*<td>2.96<\/td>/)
    assert.include(text, `/admin/markets/images/abc`)
    for (const words of ['Resolve', 'Close this market now?', 'resolution/create']) assert.notInclude(text, words)
  })

  test('one step is the primary one, by where the market stands')
    .with([
      { status: 'draft', words: 'Publish this market?' },
      { status: 'active', words: 'Close this market now?' },
      { status: 'closed', words: 'class="btn btn-primary" href="/admin/markets/' },
    ] as const)
    .run(async ({ client, assert }, { status, words }) => {
      const market = await world.market({ status })
      const page = await loginAs(client.get(path(market)), await createAdmin())
      assert.include(page.text(), words)
      assert.lengthOf(page.text().match(/class="btn btn-primary"\s+(type="button"|href)/g)!, 1)
    })

  test('who may resolve and who may edit see their own steps', async ({ client, assert }) => {
    const market = await world.market({ status: 'closed' })
    await world.market()
    const links = async (role: Role) => {
      const page = await loginAs(client.get(path(market)), await createAdmin({ role }))
      return ['resolution/create', 'Delete this market?'].filter((text) => page.text().includes(text))
    }
    assert.deepEqual(await links('finance'), ['resolution/create'])
    assert.deepEqual(await links('manager'), ['resolution/create', 'Delete this market?'])
    assert.deepEqual(await links('read-only'), [])
  })

  test('an admin closes a market early, with a reason', async ({ client, assert }) => {
    const market = await world.market()
    const admin = await createAdmin({ role: 'manager' })
    const close = (form: object) =>
      loginAs(
        client
          .post(`${path(market)}/closing`)
          .form(form)
          .redirects(0),
        admin
      )
    const silent = await close({ reason: ' ' })
    silent.assertFlashMessage('error', 'Give a reason.')
    const done = await close({ reason: 'The match has begun' })
    done.assertFlashMessage('success', 'The market is closed. It awaits its result.')
    await market.refresh()
    assert.equal(market.status, 'closed')
    const again = await close({ reason: 'Twice' })
    again.assertFlashMessage('error', 'This market is not open.')
  })

  test('bets are listed, searched, filtered and exported, of one market or of all', async ({ client, assert }) => {
    const [btc, rain] = [await world.market({ title: 'BTC?' }), await world.market({ title: 'Rain?' })]
    const olena = await world.customer({ firstName: 'Olena', username: 'olena_k', searchUsername: 'olena_k' })
    const petro = await world.customer({ firstName: 'Petro', username: 'petro', searchUsername: 'petro' })
    await world.taken(olena, btc, 'YES', 10)
    await world.taken(petro, btc, 'NO', '20.50')
    const last = await world.taken(petro, rain, 'NO', 30)
    const admin = await createAdmin({ role: 'read-only' })
    const stakes = async (url: string, qs: object = {}) => {
      const page = await loginAs(client.get(url).qs({ ...qs, format: 'csv' }), admin)
      const [header, ...lines] = page.text().trim().split('\n')
      const column = header.split(',').indexOf('stake')
      return lines.map((line) => line.split(',')[column]).sort()
    }
    assert.deepEqual(await stakes('/admin/markets/bets'), ['10.00', '20.50', '30.00'])
    assert.deepEqual(await stakes(`${path(btc)}/bets`), ['10.00', '20.50'])
    assert.deepEqual(await stakes('/admin/markets/bets', { q: '@petro' }), ['20.50', '30.00'])
    assert.deepEqual(await stakes('/admin/markets/bets', { q: `#${last.reference.toLowerCase()}` }), ['30.00'])
    assert.deepEqual(await stakes('/admin/markets/bets', { outcome: 'YES', status: 'open' }), ['10.00'])
    assert.deepEqual(await stakes('/admin/markets/bets', { status: 'won' }), [])
    assert.deepEqual(await stakes('/admin/markets/bets', { customer: petro.id, source: 'bot' }), ['20.50', '30.00'])
    const page = await loginAs(client.get(`${path(btc)}/bets`), admin)
    assert.include(page.text(), 'Bets on “BTC?”')
  })

  test('the page of a customer tells of their bets', async ({ client, assert }) => {
    const market = await world.market({ title: 'BTC above 120k?' })
    const olena = await world.customer()
    await world.taken(olena, market, 'YES', 100)
    const page = await loginAs(client.get(`/admin/customers/${olena.id}`), await createAdmin({ role: 'support' }))
    for (const text of ['BTC above 120k?', 'Bronze', '0 won, 0 lost', '1 bet', '100.00 PRED at risk']) {
      assert.include(page.text(), text)
    }
    assert.include(page.text(), `/admin/markets/bets?customer=${olena.id}`)
    const { id } = await world.customer()
    const other = await loginAs(client.get(`/admin/customers/${id}`), await createAdmin())
    assert.include(other.text(), 'This customer has never bet.')
  })
})

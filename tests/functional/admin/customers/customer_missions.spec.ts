import { test } from '@japa/runner'
import { ClaimMission } from '#markets/actions/claim_mission'
import { accepted } from '#tests/support/ledger'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('Missions of a customer in the panel', (group) => {
  const world = new BettorsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('the page of a customer shows what can be claimed first, then the way there, then what was paid', async ({
    client,
    assert,
  }) => {
    const { id } = await world.customer()
    const market = await world.market('crypto')
    for (let each = 0; each < 2; each++) await world.bet(market, id)
    const claim = await world.make(ClaimMission)
    const input = { customerId: id, mission: { code: 'FIRST_BET' }, key: 'test:1' }
    const { transferId } = accepted(await claim.handle({ ...input, actor: { type: 'customer', id, name: 'Olena' } }))

    const page = await loginAs(client.get(`/admin/customers/${id}`), await createAdmin({ role: 'support' }))
    const card = page.text().slice(page.text().indexOf('id="missions"'))
    const places = ['Crypto mind', '2 of 5', `/admin/ledger/transfers/${transferId}"`].map((text) => card.indexOf(text))
    assert.isTrue(places.every((place) => place > 0))
    assert.deepEqual(
      places,
      places.toSorted((one, other) => one - other)
    )
    assert.include(card, '200 of 10')
  })

  test('of one who has begun none it says so', async ({ client, assert }) => {
    const { id } = await world.customer()
    const page = await loginAs(client.get(`/admin/customers/${id}`), await createAdmin())
    assert.include(page.text(), 'Not on the way with any mission.')
  })
})

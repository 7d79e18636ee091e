import { test } from '@japa/runner'
import { TakeSnapshot } from '#markets/actions/take_snapshot'
import { periodOf } from '#markets/leaderboard/periods'
import LeaderboardPlace from '#markets/models/leaderboard_place'
import LeaderboardSnapshot from '#markets/models/leaderboard_snapshot'
import { accepted } from '#tests/support/ledger'
import { csvLines } from '#tests/support/csv'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { createAdmin, loginAs } from '#tests/support/staff'
import { DAY } from '#tests/support/test_clock'

const PATH = '/admin/leaderboard'

test.group('The leaderboard in the panel', (group) => {
  const world = new BettorsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const named = (name: string) =>
    world.customer({ firstName: name, lastName: null, username: null, searchName: name.toLowerCase() })

  /** Olena has the profit, Petro the wins, Ivan the volume and a loss. */
  async function givenBettors() {
    const [olena, petro, ivan] = [await named('Olena'), await named('Petro'), await named('Ivan')]
    await world.decided(olena.id, true, { stake: 50_000n, potential: 150_000n })
    for (let each = 0; each < 2; each++) await world.decided(petro.id, true, { stake: 100n, potential: 200n })
    await world.decided(ivan.id, false, { stake: 300_000n, potential: 600_000n })
    return { olena, petro, ivan }
  }

  async function givenSnapshot() {
    const customers = await givenBettors()
    const week = periodOf('week', world.clock.now())
    world.clock.advance(8 * DAY)
    const takeSnapshot = await world.make(TakeSnapshot)
    const snapshot = accepted(await takeSnapshot.handle({ week }))
    return { ...customers, snapshot }
  }

  test('{metric} decides the places')
    .with([
      { metric: 'profit', names: ['Olena', 'Petro'] },
      { metric: 'wins', names: ['Petro', 'Olena'] },
      { metric: 'volume', names: ['Ivan', 'Olena', 'Petro'] },
    ])
    .run(async ({ client, assert }, { metric, names }) => {
      await givenBettors()
      const admin = await createAdmin({ role: 'read-only' })
      for (const period of ['week', 'month', 'all']) {
        const lines = csvLines(await loginAs(client.get(`${PATH}/${period}/${metric}`).qs({ format: 'csv' }), admin))
        const rows = lines.slice(1).map((line) => line.split(','))
        assert.deepEqual(
          rows.map(([place, , , name]) => [place, name]),
          names.map((name, index) => [String(index + 1), name])
        )
      }
    })

  test('who is found by a search keeps the place; periods end', async ({ client, assert }) => {
    const { petro } = await givenBettors()
    const admin = await createAdmin({ role: 'support' })
    const found = csvLines(await loginAs(client.get(PATH).qs({ q: 'pet', format: 'csv' }), admin))
    assert.deepEqual(found.slice(1), [`2,${petro.id},${petro.telegramId},Petro,2.00,2,2.00`])
    const page = await loginAs(client.get(PATH), admin)
    for (const text of ['11 500.00 PRED', 'for the first 5 places by profit', `/admin/customers/${petro.id}"`])
      assert.include(page.text().replaceAll(/[\u00A0\u202F]/g, ' '), text)

    world.clock.advance(8 * DAY)
    const empty = await loginAs(client.get(PATH), admin)
    assert.include(empty.text(), 'Nobody is ranked yet')
    const nonsense = await loginAs(client.get(`${PATH}/year/luck`).redirects(0), admin)
    assert.equal(nonsense.header('location'), PATH)
  })

  test('a past week shows its places, what it paid and the transfers', async ({ client, assert }) => {
    const { snapshot, olena } = await givenSnapshot()
    const admin = await createAdmin({ role: 'read-only' })
    const list = await loginAs(client.get(`${PATH}/snapshots`), admin)
    assert.include(list.text(), `${PATH}/snapshots/${snapshot.id}"`)
    assert.include(list.text(), 'transfers?kind=leaderboard_reward')
    const weeks = csvLines(await loginAs(client.get(`${PATH}/snapshots`).qs({ format: 'csv' }), admin))
    assert.include(weeks[1], `${snapshot.period},profit,2,8000.00,`)

    const first = await LeaderboardPlace.findByOrFail('customerId', olena.id)
    const page = await loginAs(client.get(`${PATH}/snapshots/${snapshot.id}`), admin)
    assert.include(page.text(), `/admin/ledger/transfers/${first.transferId}"`)
    assert.include(page.text(), '2 of them rewarded')
    const transfer = await loginAs(client.get(`/admin/ledger/transfers/${first.transferId}`), admin)
    assert.include(transfer.text(), `${PATH}/snapshots/${snapshot.id}"`)
    const places = csvLines(
      await loginAs(client.get(`${PATH}/snapshots/${snapshot.id}`).qs({ rewarded: 'yes', format: 'csv' }), admin)
    )
    assert.equal(places[1], `1,${olena.id},${olena.telegramId},Olena,1000.00,1,500.00,5000.00,${first.transferId}`)
    assert.lengthOf(places, 3)
    const settings = '/admin/settings#leaderboard'
    assert.include(list.text(), settings)
  })

  test('before the first week is over the list says when it is filled', async ({ client, assert }) => {
    assert.isNull(await LeaderboardSnapshot.first())
    const page = await loginAs(client.get(`${PATH}/snapshots`), await createAdmin())
    assert.include(page.text(), 'No week is over yet')
  })
})

import { test } from '@japa/runner'
import type Customer from '#customers/models/customer'
import { ClaimMission } from '#markets/actions/claim_mission'
import { TakeSnapshot } from '#markets/actions/take_snapshot'
import { periodOf } from '#markets/leaderboard/periods'
import Mission from '#markets/models/mission'
import { accepted } from '#tests/support/ledger'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { createAdmin } from '#tests/support/staff'
import { DAY } from '#tests/support/test_clock'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('Missions and the leaderboard', (group) => {
  const world = new BettorsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })
  group.each.timeout(240_000)

  /** Customers on the way, with something to claim and with a paid reward; a week that is over, and one that goes on. */
  async function givenPlayers() {
    const people = [
      ['Olena', 'Kravets'],
      ['Taras', 'Shevchuk'],
      ['Mira', null],
      ['Ihor', 'Bondarenko'],
    ] as const
    const customers: Customer[] = []
    for (const [firstName, lastName] of people) customers.push(await world.customer({ firstName, lastName }))
    const play = async () => {
      for (const [index, { id }] of customers.entries()) {
        const stake = BigInt(index + 1) * 25_000n
        for (let each = 0; each <= 2 + index; each++)
          await world.decided(id, each % 3 !== 2, { stake, potential: (stake * 19n) / 10n })
      }
    }
    await play()
    const action = await world.make(ClaimMission)
    const [olena] = customers
    const input = { customerId: olena.id, mission: { code: 'FIRST_BET' }, key: 'test:1' }
    accepted(await action.handle({ ...input, actor: { type: 'customer', id: olena.id, name: 'Olena' } }))

    const week = periodOf('week', world.clock.now())
    world.clock.advance(7 * DAY)
    const takeSnapshot = await world.make(TakeSnapshot)
    const snapshot = accepted(await takeSnapshot.handle({ week }))
    await play()
    return { olena, snapshot }
  }

  test('an admin adds a mission, switches it off and moves it up', async ({ assert, browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin/missions')
    await page.getByRole('link', { name: 'New mission' }).click()
    await page.getByRole('link', { name: 'Large bets' }).click()
    await page.getByLabel('Title in English').fill('Deep pockets')
    await page.getByLabel('Description in English').fill('Stake 5,000 PRED or more twice')
    await page.getByLabel('Smallest stake, PRED').fill('5 000')
    await page.getByLabel('How many such bets').fill('2')
    await page.getByLabel('Code').fill('DEEP_POCKETS')
    await page.getByLabel('Reward, PRED').fill('1,000')
    await page.getByLabel('Emoji').fill('💰')
    await page.getByRole('button', { name: 'Add the mission' }).click()
    await page.getByText('may mean two things').waitFor()
    assert.equal(await page.getByLabel('Smallest stake, PRED').inputValue(), '5 000')
    assert.equal(await page.getByLabel('Code').inputValue(), 'DEEP_POCKETS')
    await page.getByLabel('Reward, PRED').fill('1 000')
    await page.getByRole('button', { name: 'Add the mission' }).click()
    await page.getByText('The mission is added.').waitFor()

    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Switched on').uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This mission is switched off').waitFor()
    const mission = await Mission.findByOrFail('code', 'DEEP_POCKETS')
    assert.deepEqual([mission.parameters, mission.reward, mission.isActive], [{ min: 5000 }, 100_000n, false])

    await visit(page, '/admin/missions')
    await page.getByRole('button', { name: 'Move Deep pockets up' }).click()
    await page.getByText('The order has changed.').waitFor()
    await mission.refresh()
    assert.equal(mission.position, 19)
  })

  test('every page is accessible', async ({ browserContext }) => {
    const { olena, snapshot } = await givenPlayers()
    const first = await Mission.findByOrFail('code', 'FIRST_BET')
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    const paths = {
      missions: '/admin/missions',
      'missions-choose': '/admin/missions/create',
      'mission-new': '/admin/missions/create?condition=bets_in_category',
      'mission-edit': `/admin/missions/${first.id}/edit`,
      mission: `/admin/missions/${first.id}`,
      leaderboard: '/admin/leaderboard',
      'leaderboard-volume': '/admin/leaderboard/all/volume',
      'leaderboard-weeks': '/admin/leaderboard/snapshots',
      'leaderboard-week': `/admin/leaderboard/snapshots/${snapshot.id}`,
      'customer-missions': `/admin/customers/${olena.id}`,
    }
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, path)
      await screenshot(page, name)
      await assertAccessible(page)
    }
  })
})

import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { firstMissionRows } from '#database/first_missions'
import type Customer from '#customers/models/customer'
import ReferralReward from '#customers/models/referral_reward'
import { rewardsADay } from '#customers/referral/settings'
import { ClaimMission } from '#markets/actions/claim_mission'
import Bet from '#markets/models/bet'
import Mission from '#markets/models/mission'
import MissionProgress from '#markets/models/mission_progress'
import { globalExposure } from '#markets/settings'
import { failedQueries } from '#tests/support/failed_queries'
import { accepted, freshKey } from '#tests/support/ledger'
import { SettlingWorld } from '#tests/support/markets/settling_world'

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))

test.group('First bets of those who were invited', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    await db.table('missions').multiInsert(firstMissionRows(1))
    return () => world.teardown()
  })

  const invitedBy = ({ id }: Customer) => world.customer({ referrerId: id })
  const claim = async ({ id }: Customer, code: string) => {
    const action = await world.make(ClaimMission)
    return action.handle({
      ...{ customerId: id, mission: { code }, key: freshKey() },
      actor: { type: 'customer', id, name: 'Ann' },
    })
  }
  const invitations = async ({ id }: Customer) => {
    const mission = await Mission.findByOrFail('code', 'REFERRAL')
    return MissionProgress.findBy({ customerId: id, missionId: mission.id })
  }

  test('leave a reward to earn, and only the first one does', async ({ assert }) => {
    const [referrer, market] = [await world.customer({ bought: '0' }), await world.market()]
    const invited = await invitedBy(referrer)
    const bet = await world.taken(invited, market, 'YES', 10)
    await world.taken(invited, market, 'YES', 10)
    await world.taken(await world.customer(), market, 'YES', 10)
    assert.lengthOf(await ReferralReward.all(), 0)

    assert.equal(await world.rewardReferrers(), 1)
    const [reward] = await ReferralReward.all()
    assert.containSubset(reward, { referrerId: referrer.id, causeType: 'bet', causeId: bet.id, status: 'paid' })
    assert.deepEqual(await world.purse(referrer), { bought: 0n, free: 50_000n })
  })

  test('leave none where the bet is refused in the end', async ({ assert }) => {
    const invited = await invitedBy(await world.customer())
    await world.set(globalExposure, '5')
    const refused = await world.bet(invited, await world.market(), 'YES', 10, { shownOdds: 100 })
    assert.containSubset(refused, { refusal: { code: 'global_exposure_limit' } })
    assert.equal(await world.rewardReferrers(), 0)
  })

  test('wait for nothing that waits for them, while the referrer bets, is settled and claims', async ({ assert }) => {
    await world.set(rewardsADay, 0)
    const referrer = await world.customer()
    const markets = await times(6, () => world.market())
    const settled = await times(3, () => world.market())
    for (const market of settled) await times(4, () => world.taken(referrer, market, 'YES', 1, { shownOdds: 100 }))
    const people = await times(20, () => invitedBy(referrer))
    let isOver = false
    const earn = async () => {
      while (!isOver) await world.rewardReferrers()
    }
    const bets = () =>
      Promise.all([
        times(80, (index) =>
          world.bet(people[Math.floor(index / 4)], markets[index % 3], 'YES', 1, { shownOdds: 100 })
        ),
        times(40, (index) => world.bet(referrer, markets[3 + (index % 3)], 'YES', 1, { shownOdds: 100 })),
        times(3, (index) => world.done(world.resolve(settled[index], 'YES'))),
        times(20, () => claim(referrer, 'REFERRAL')),
        times(20, () => claim(people[0], 'FIRST_BET')),
      ]).finally(() => (isOver = true))

    const failed = await failedQueries(() => Promise.all([bets(), earn()]))
    await world.rewardReferrers()
    assert.deepEqual(failed, [])
    assert.lengthOf(await Bet.all(), 132)
    assert.lengthOf(await ReferralReward.query().where('status', 'paid'), 20)
    assert.containSubset(await invitations(referrer), { progress: 1 })
    accepted(await world.bet(referrer, markets[3], 'YES', 1, { shownOdds: 100 }))
    assert.deepEqual(await world.ledgerFaults(), [])
  }).timeout(60_000)
})

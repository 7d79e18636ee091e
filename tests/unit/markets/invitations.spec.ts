import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import type Customer from '#customers/models/customer'
import ReferralReward from '#customers/models/referral_reward'
import { ReferralRewards } from '#customers/referral/referral_rewards'
import { rewardKind, type RewardKind } from '#customers/referral/settings'
import { granted, wallet } from '#ledger/accounts'
import Mission from '#markets/models/mission'
import { balanceOf } from '#tests/support/ledger'
import { BettorsWorld } from '#tests/support/markets/bettors_world'

test.group('Invitations that come to something', (group) => {
  const world = new BettorsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  let causes = 0
  const deals = async (invited: Customer, type: 'bet' | 'star_order', purchase: Money) => {
    const rewards = await world.make(ReferralRewards)
    const cause = { type, id: ++causes }
    return transaction((trx) => rewards.earn(trx, { invitedId: invited.id, cause, purchase }))
  }
  const setKind = async (kind: RewardKind) => {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, rewardKind, kind))
  }
  const freeBet = (invited: Customer) => deals(invited, 'bet', Money.zero('PRED'))
  const purchase = (invited: Customer) => deals(invited, 'star_order', Money.of(1_000_000_000n, 'TON'))
  const invitedBy = (referrer: Customer) => world.customer({ referrerId: referrer.id })

  test('the mission counts each of them once, by bet or purchase, whatever the reward is')
    .with<RewardKind[]>(['pred', 'none', 'percent'])
    .run(async ({ assert }, kind) => {
      await setKind(kind)
      await Mission.query().where('code', 'REFERRAL').update({ target: 2 })
      const referrer = await world.customer()
      const [one, other] = [await invitedBy(referrer), await invitedBy(referrer)]
      await freeBet(one)
      await purchase(one)
      await freeBet(one)
      assert.containSubset(await world.progress(referrer.id, 'REFERRAL'), { progress: 1, completedAt: null })
      await purchase(other)
      assert.deepEqual(await world.completed(referrer.id), ['REFERRAL'])
    })

  test('two at once are both counted', async ({ assert }) => {
    await Mission.query().where('code', 'REFERRAL').update({ target: 5 })
    const referrer = await world.customer()
    const people = await Promise.all(Array.from({ length: 4 }, () => invitedBy(referrer)))
    await Promise.all(people.map((each) => freeBet(each)))
    assert.containSubset(await world.progress(referrer.id, 'REFERRAL'), { progress: 4 })
  })

  test('a bet of granted points earns points, and never TON or a share of nothing', async ({ assert }) => {
    const referrer = await world.customer()
    await freeBet(await invitedBy(referrer))
    assert.equal(await balanceOf(granted(referrer.id)), 50_000n)

    await setKind('fixed')
    const invited = await invitedBy(referrer)
    assert.isNull(await freeBet(invited))
    await setKind('percent')
    assert.isNull(await freeBet(invited))
    assert.equal(await balanceOf(wallet(referrer.id, 'TON')), 0n)
    await setKind('fixed')
    await deals(invited, 'bet', Money.of(500n, 'PRED'))
    assert.equal(await balanceOf(wallet(referrer.id, 'TON')), 1_000_000_000n)
    assert.lengthOf(await ReferralReward.all(), 2)
  })

  test('nobody who is banned, anonymised or did not invite is counted', async ({ assert }) => {
    const [banned, gone] = [await world.customer({ bannedAt: 1 }), await world.customer({ anonymisedAt: 1 })]
    for (const referrer of [banned, gone]) {
      await freeBet(await invitedBy(referrer))
      assert.isNull(await world.progress(referrer.id, 'REFERRAL'))
    }
    const alone = await world.customer()
    assert.isNull(await freeBet(alone))
    assert.isNull(await world.progress(alone.id, 'REFERRAL'))
  })
})

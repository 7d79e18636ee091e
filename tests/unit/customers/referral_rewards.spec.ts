import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { transaction } from '#core/database/transaction'
import { DecideReferralReward } from '#customers/actions/decide_referral_reward'
import type Customer from '#customers/models/customer'
import ReferralReward from '#customers/models/referral_reward'
import { ReferralEarningsQuery } from '#customers/queries/referral_earnings_query'
import { ReferralRewards } from '#customers/referral/referral_rewards'
import { fixedReward, percentReward, predReward, rewardKind, rewardsADay } from '#customers/referral/settings'
import { granted, system, wallet } from '#ledger/accounts'
import { balanceOf } from '#tests/support/ledger'
import { ADMIN, money, StarsWorld, valueOf } from '#tests/support/stars/world'
import { DAY } from '#tests/support/test_clock'

test.group('Referral rewards', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const invitedBy = (referrer: Customer) => world.customer({ ton: '0', referrerId: referrer.id })
  let purchases = 0
  const buys = async (invited: Customer, price = '100', currency: 'TON' | 'USDT' = 'TON') => {
    const rewards = await app.container.make(ReferralRewards)
    const cause = { type: 'star_order', id: ++purchases }
    return transaction((trx) => rewards.earn(trx, { invitedId: invited.id, cause, purchase: money(price, currency) }))
  }
  const decide = async (reward: ReferralReward, decision: 'pay' | 'reject') => {
    const action = await world.make(DecideReferralReward)
    return action.handle({ rewardId: reward.id, decision, actor: ADMIN })
  }

  test('a first purchase earns granted points from the bonuses, once, and the referrer hears of it', async ({
    assert,
  }) => {
    await world.set(predReward, '250')
    const referrer = await world.customer({ ton: '0' })
    const invited = await invitedBy(referrer)

    await buys(invited)
    await buys(invited)

    assert.equal(await balanceOf(granted(referrer.id)), 25_000n)
    assert.equal(await balanceOf(system('bonuses', 'PRED')), -25_000n)
    assert.deepEqual(await world.told(referrer), ['send referral_rewarded'])
    assert.lengthOf(await ReferralReward.all(), 1)
  })

  test('two purchases at once earn one reward', async ({ assert }) => {
    const referrer = await world.customer({ ton: '0' })
    const invited = await invitedBy(referrer)
    await Promise.all([buys(invited), buys(invited), buys(invited)])
    assert.lengthOf(await ReferralReward.all(), 1)
    assert.lengthOf(await db.from('ledger_transfers').where('kind', 'referral'), 1)
  })

  test('it is a delivered order that earns it, not a paid one and not a refunded one', async ({ assert }) => {
    const referrer = await world.customer({ ton: '0' })
    const invited = await world.customer({ referrerId: referrer.id })
    const { MarkDelivered } = await import('#stars/actions/mark_delivered')
    const { RefundOrder } = await import('#stars/actions/refund_order')
    const refund = await world.make(RefundOrder)
    const deliver = await world.make(MarkDelivered)

    const first = await world.queued(invited)
    valueOf(await refund.handle({ orderId: first.id, note: 'Changed their mind', actor: ADMIN }))
    const second = await world.queued(invited)
    assert.lengthOf(await ReferralReward.all(), 0)
    valueOf(await deliver.handle({ orderId: second.id, actor: ADMIN }))

    const reward = await ReferralReward.firstOrFail()
    assert.deepEqual([reward.referrerId, reward.causeType, reward.causeId], [referrer.id, 'star_order', second.id])
  })

  test('a fixed sum, or a share of the purchase in its currency rounded down, goes to the wallet', async ({
    assert,
  }) => {
    const referrer = await world.customer({ ton: '0' })
    await world.set(rewardKind, 'fixed')
    await world.set(fixedReward, '2.5')
    await buys(await invitedBy(referrer))
    assert.equal(await balanceOf(wallet(referrer.id, 'TON')), 2_500_000_000n)

    await world.set(rewardKind, 'percent')
    await world.set(percentReward, 333)
    await buys(await invitedBy(referrer), '0.000100', 'USDT')
    assert.equal(await balanceOf(wallet(referrer.id, 'USDT')), 3n)
    const earned = await new ReferralEarningsQuery().run(referrer.id)
    assert.deepEqual(earned.map(String), ['2.500000000 TON', '0.000003 USDT'])
  })

  test('nobody earns where there is no referrer, a banned one, nothing to give, or the reward is off', async ({
    assert,
  }) => {
    const referrer = await world.customer({ ton: '0' })
    await buys(await world.customer({ ton: '0' }))
    await world.set(rewardKind, 'percent')
    await buys(await invitedBy(referrer), '0.000000001')
    await world.set(rewardKind, 'none')
    await buys(await invitedBy(referrer))
    await world.set(rewardKind, 'pred')
    await buys(await invitedBy(await world.customer({ ton: '0', bannedAt: 1 })))
    assert.lengthOf(await ReferralReward.all(), 0)
  })

  test('more than so many a day wait for an admin, who pays or rejects each once', async ({ assert }) => {
    await world.set(rewardsADay, 2)
    const referrer = await world.customer({ ton: '0' })
    for (let count = 0; count < 4; count++) await buys(await invitedBy(referrer))
    const rewards = await ReferralReward.query().orderBy('id')
    assert.deepEqual(
      rewards.map(({ status }) => status),
      ['paid', 'paid', 'review', 'review']
    )
    const [, , third, fourth] = rewards
    assert.equal(await balanceOf(granted(referrer.id)), 100_000n)

    valueOf(await decide(third, 'pay'))
    valueOf(await decide(fourth, 'reject'))
    assert.equal(await balanceOf(granted(referrer.id)), 150_000n)
    assert.containSubset(await decide(third, 'reject'), { ok: false, refusal: { code: 'reward_decided' } })
    assert.containSubset(await decide({ id: 999 } as ReferralReward, 'pay'), {
      ok: false,
      refusal: { code: 'reward_not_found' },
    })
    const audit = await db.from('audit_entries').where('subject_type', 'referral_reward').orderBy('id').select('action')
    assert.deepEqual(
      audit.map(({ action }) => action),
      ['referral_reward.paid', 'referral_reward.rejected']
    )

    world.clock.advance(DAY)
    const next = await buys(await invitedBy(referrer))
    assert.equal(next?.status, 'paid')
  })
})

import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/contracts/audit'
import { granted, system } from '#ledger/accounts'
import { ClaimMission } from '#markets/actions/claim_mission'
import Mission from '#markets/models/mission'
import { CustomerMissionsQuery } from '#markets/queries/customer_missions_query'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { balanceOf } from '#tests/support/ledger'

test.group('Claiming a mission', (group) => {
  const world = new BettorsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  let keys = 0
  const claim = async (customerId: number, code = 'FIRST_BET', key = `claim:${++keys}`) => {
    const action = await world.make(ClaimMission)
    const actor: Actor = { type: 'customer', id: customerId, name: 'Ann' }
    return action.handle({ customerId, mission: { code }, key, actor })
  }
  const better = async (columns = {}) => {
    const customer = await world.customer(columns)
    await world.bet(await world.market(), customer.id)
    return customer
  }

  test('pays granted points from the bonuses, once', async ({ assert }) => {
    const { id } = await better()
    assert.containSubset(await claim(id), { ok: true })
    assert.equal(await balanceOf(granted(id)), 50_000n)
    assert.equal(await balanceOf(system('bonuses', 'PRED')), -50_000n)
    assert.containSubset(await claim(id), { ok: false, refusal: { code: 'mission_already_claimed' } })
    assert.equal(await balanceOf(granted(id)), 50_000n)
    assert.containSubset(await world.progress(id, 'FIRST_BET'), { claimedAt: world.clock.now() })
  })

  test('twenty presses at once pay once', async ({ assert }) => {
    const { id } = await better()
    const results = await Promise.all(Array.from({ length: 20 }, () => claim(id)))
    assert.lengthOf(
      results.filter(({ ok }) => ok),
      1
    )
    assert.equal(await balanceOf(granted(id)), 50_000n)
    assert.lengthOf(await db.from('ledger_transfers').where('kind', 'mission_reward'), 1)
  })

  test('the same key again is the same claim; for another mission it is refused', async ({ assert }) => {
    const customer = await world.customer()
    await world.bet(await world.market('crypto'), customer.id)
    assert.containSubset(await claim(customer.id, 'FIRST_BET', 'update:1'), { ok: true })
    assert.containSubset(await claim(customer.id, 'FIRST_BET', 'update:1'), { ok: true })
    assert.equal(await balanceOf(granted(customer.id)), 50_000n)
    assert.containSubset(await claim(customer.id, 'BET_CRYPTO', 'update:1'), {
      refusal: { code: 'idempotency_conflict' },
    })
  })

  test('what is not complete, not there, or asked for by somebody banned is refused', async ({ assert }) => {
    const { id } = await better()
    assert.containSubset(await claim(id, '5_BETS'), {
      refusal: { code: 'mission_not_completed', params: { progress: 1, target: 5 } },
    })
    assert.containSubset(await claim(id, 'LUCKY_7'), { refusal: { params: { progress: 0, target: 7 } } })
    assert.containSubset(await claim(id, 'NOTHING'), { refusal: { code: 'mission_not_found' } })
    assert.containSubset(await claim(9_999), { refusal: { code: 'customer_not_found' } })
    const banned = await better({ bannedAt: 1 })
    assert.containSubset(await claim(banned.id), { refusal: { code: 'customer_banned' } })
    assert.equal(await balanceOf(system('bonuses', 'PRED')), 0n)
  })

  test('what was promised is paid, though the mission was changed or switched off since', async ({ assert }) => {
    const { id } = await better()
    await Mission.query().where('code', 'FIRST_BET').update({ reward: 1, is_active: false })
    const listed = await new CustomerMissionsQuery().run(id)
    assert.containSubset(listed[0], { state: 'claimable', reward: 50_000n })
    assert.containSubset(await claim(id), { ok: true })
    assert.equal(await balanceOf(granted(id)), 50_000n)
    const after = await new CustomerMissionsQuery().run(id)
    assert.notInclude(
      after.map(({ mission }) => mission.code),
      'FIRST_BET'
    )
  })

  test('a claim while its settlement is reversed pays or is refused, and never both', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 2)
    const third = await world.decided(id, true)
    const [result] = await Promise.all([claim(id, 'WIN_STREAK_3'), world.reverse(third)])
    const paid = await balanceOf(granted(id))
    const progress = (await world.progress(id, 'WIN_STREAK_3'))!
    assert.equal(paid, result.ok ? 150_000n : 0n)
    assert.equal(progress.completedAt !== null, result.ok)
  })
})

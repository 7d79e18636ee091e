import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { CloseMarket } from '#markets/actions/close_market'
import type Market from '#markets/models/market'
import { CloseEnded } from '#markets/ticks/close_ended'
import { accepted, ADMIN, MarketsWorld } from '#tests/support/markets/world'
import { HOUR } from '#tests/support/test_clock'

const world = new MarketsWorld()

async function close(market: Market, reason = 'The match was called off') {
  const action = await world.make(CloseMarket)
  return action.handle({ marketId: market.id, reason, actor: ADMIN })
}

async function closeEnded() {
  const tick = await world.make(CloseEnded)
  await tick.run(new AbortController().signal)
}

async function statusOf(market: Market) {
  const { status } = await market.refresh()
  return status
}

test.group('Closing a market', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  test('an admin closes it early, and says why', async ({ assert }) => {
    const market = await world.market()
    accepted(await close(market))

    await market.refresh()
    assert.containSubset(market.toJSON(), { status: 'closed', closedAt: world.clock.now(), revision: 2 })
    const entry = await db.from('audit_entries').where('action', 'market.closed').firstOrFail()
    assert.include(JSON.stringify(entry), 'The match was called off')
    assert.equal(entry.subject_id, String(market.id))
  })

  for (const [reason, code] of [
    ['  ', 'reason_required'],
    ['x'.repeat(501), 'reason_too_long'],
  ]) {
    test(`refuses with ${code}`, async ({ assert }) => {
      const market = await world.market()
      assert.containSubset(await close(market, reason), { ok: false, refusal: { code } })
      assert.equal(await statusOf(market), 'active')
    })
  }

  for (const status of ['draft', 'closed', 'resolved', 'cancelled'] as const) {
    test(`refuses one that is ${status}`, async ({ assert }) => {
      const result = await close(await world.market({ status }))
      assert.containSubset(result, { ok: false, refusal: { code: 'market_not_active' } })
    })
  }

  test('refuses one that is not there', async ({ assert }) => {
    const market = await world.market()
    market.id += 1
    assert.containSubset(await close(market), { ok: false, refusal: { code: 'market_not_found' } })
  })

  test('it closes by itself when its end has come, with the bets it has', async ({ assert }) => {
    const endsAt = world.clock.now() + HOUR
    const [ending, other, draft] = [
      await world.market({ endsAt }),
      await world.market({ endsAt: endsAt + 1 }),
      await world.market({ endsAt, status: 'draft' }),
    ]
    await world.taken(await world.customer(), ending, 'YES', 10)
    world.clock.moveTo(endsAt - 1)
    await closeEnded()
    assert.equal(await statusOf(ending), 'active')

    world.clock.moveTo(endsAt)
    await closeEnded()
    await ending.refresh()
    assert.containSubset(ending.toJSON(), { status: 'closed', closedAt: endsAt, yesPool: 1000n, exposure: 1000n })
    assert.equal(await statusOf(other), 'active')
    assert.equal(await statusOf(draft), 'draft')
    assert.equal(await world.houseExposure(), 1000n)
  })
})

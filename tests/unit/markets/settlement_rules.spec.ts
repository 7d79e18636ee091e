import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { ResolveMarket } from '#markets/actions/resolve_market'
import { NOTE_MAX_LENGTH } from '#markets/settlement/input'
import { SettlementPreviewQuery } from '#markets/queries/settlement_preview_query'
import { accepted } from '#tests/support/ledger'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { HOUR } from '#tests/support/test_clock'

const refused = (code: string) => ({ ok: false, refusal: { code } })

test.group('Deciding about a market', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('nothing comes of a market that is not there', async ({ assert }) => {
    const [market, action] = [await world.market(), await app.container.make(ResolveMarket)]
    assert.containsSubset(await world.resolve(market, 'YES', { marketId: 4711 }), refused('market_not_found'))
    assert.containsSubset(await world.cancel(market, { marketId: 4711 }), refused('market_not_found'))
    assert.containsSubset(await world.reverse(market, { marketId: 4711 }), refused('market_not_found'))
    const input = { result: 'YES' as const, evidenceUrl: null, note: 'x', confirmEarly: true, expected: null }
    const actor = { type: 'admin' as const, id: 1, name: 'Olena' }
    assert.containsSubset(await action.handle({ ...input, actor, reference: 'NO-SUCH' }), refused('market_not_found'))
    accepted(await action.handle({ ...input, actor, reference: market.reference }))
  })

  test('a draft is neither resolved nor cancelled', async ({ assert }) => {
    const draft = await world.market({ status: 'draft' })
    assert.containsSubset(await world.resolve(draft, 'YES'), refused('market_is_draft'))
    assert.containsSubset(await world.cancel(draft), refused('market_is_draft'))
    assert.containsSubset(await world.reverse(draft), refused('nothing_to_reverse'))
  })

  test('before the end it must be meant; then the market is closed by it', async ({ assert }) => {
    const market = await world.market()
    assert.containsSubset(await world.resolve(market, 'YES', { confirmEarly: false }), refused('not_ended'))
    await market.refresh()
    assert.equal(market.status, 'active')

    const settlement = await world.done(world.resolve(market, 'YES'))

    await market.refresh()
    assert.deepEqual([market.status, market.closedAt], ['resolved', world.clock.now()])
    assert.isTrue(settlement.isEarly)
  })

  test('once the end has come nothing need be confirmed', async ({ assert }) => {
    const market = await world.market()
    world.clock.advance(HOUR)
    const settlement = await world.done(world.resolve(market, 'NO', { confirmEarly: false }))
    assert.isFalse(settlement.isEarly)
  })

  test('twice is refused, while it runs and afterwards, and pays once', async ({ assert }) => {
    const market = await world.market()
    const ann = await world.customer()
    const bet = await world.taken(ann, market, 'YES', 10)
    const running = world.resolve(market, 'YES')
    await running
    assert.containsSubset(await world.resolve(market, 'NO'), refused('settlement_running'))
    assert.containsSubset(await world.cancel(market), refused('settlement_running'))
    assert.containsSubset(await world.reverse(market), refused('settlement_running'))
    await world.done(running)
    assert.containsSubset(await world.resolve(market, 'NO'), refused('already_resolved'))
    assert.containsSubset(await world.cancel(market), refused('already_resolved'))
    assert.deepEqual(await world.purse(ann), { bought: 99_000n + bet.potential, free: 0n })

    const other = await world.market()
    await world.done(world.cancel(other))
    assert.containsSubset(await world.resolve(other, 'NO'), refused('already_cancelled'))
  })

  test('of two admins at the same moment one decides', async ({ assert }) => {
    const market = await world.market()
    const results = await Promise.all([world.resolve(market, 'YES'), world.resolve(market, 'NO'), world.cancel(market)])
    assert.lengthOf(
      results.filter(({ ok }) => ok),
      1
    )
    const rows = await db.from('market_settlements').where('market_id', market.id)
    assert.lengthOf(rows, 1)
  })

  test('{evidence} is no evidence')
    .with([
      { evidence: 'javascript:alert(1)' },
      { evidence: 'example.org/result' },
      { evidence: 'ftp://example.org' },
      { evidence: `https://example.org/${'x'.repeat(500)}` },
    ])
    .run(async ({ assert }, { evidence }) => {
      const market = await world.market()
      assert.containsSubset(await world.resolve(market, 'YES', { evidenceUrl: evidence }), refused('evidence_invalid'))
    })

  test('a result needs a link or a note, a cancellation and a reversal a note', async ({ assert }) => {
    const market = await world.market()
    const without = { evidenceUrl: ' ', note: ' ' }
    assert.containsSubset(await world.resolve(market, 'YES', without), refused('evidence_required'))
    assert.containsSubset(await world.cancel(market, { note: '  ' }), refused('note_required'))
    assert.containsSubset(await world.reverse(market, { note: null }), refused('note_required'))
    const note = 'x'.repeat(NOTE_MAX_LENGTH + 1)
    assert.containsSubset(await world.resolve(market, 'YES', { note }), refused('note_too_long'))
    accepted(await world.resolve(market, 'YES', { evidenceUrl: null, note: 'Seen on television' }))
  })

  test('a bet since the preview makes it stale', async ({ assert }) => {
    const market = await world.market()
    const [ann, preview] = [await world.customer(), await world.make(SettlementPreviewQuery)]
    const seen = await preview.run({ marketId: market.id, kind: 'resolve', result: 'YES' })
    const cancel = await preview.run({ marketId: market.id, kind: 'cancel' })
    await world.taken(ann, market, 'NO', 10)

    assert.containsSubset(await world.resolve(market, 'YES', { expected: seen.seen }), refused('preview_stale'))
    assert.containsSubset(await world.cancel(market, { expected: cancel.seen }), refused('preview_stale'))

    const again = await preview.run({ marketId: market.id, kind: 'resolve', result: 'YES' })
    accepted(await world.resolve(market, 'YES', { expected: again.seen }))
  })

  test('no bet is taken once it is decided', async ({ assert }) => {
    const market = await world.market()
    const ann = await world.customer()
    await world.resolve(market, 'YES')
    assert.containsSubset(await world.bet(ann, market, 'YES', 10), refused('market_not_open'))
  })
})

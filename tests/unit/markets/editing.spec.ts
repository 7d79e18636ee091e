import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Result } from '#core/result'
import { CreateMarket, type CreateMarketInput } from '#markets/actions/create_market'
import { DeleteMarket } from '#markets/actions/delete_market'
import { PublishMarket } from '#markets/actions/publish_market'
import { UnpublishMarket } from '#markets/actions/unpublish_market'
import { UpdateMarket } from '#markets/actions/update_market'
import Market from '#markets/models/market'
import { feePoints } from '#markets/settings'
import { accepted, ADMIN, MarketsWorld, pred } from '#tests/support/markets/world'
import { DAY } from '#tests/support/test_clock'

test.group('Making and changing markets', (group) => {
  const world = new MarketsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const fields = (changes: Partial<CreateMarketInput> = {}): CreateMarketInput => ({
    title: 'BTC above 120k by December?',
    description: 'As CoinGecko says on 1 December at noon UTC.',
    categoryId: world.category.id,
    endsAt: world.clock.now() + DAY,
    pricing: 'fixed_odds',
    isPromoted: false,
    imageKey: null,
    maxStake: null,
    actor: ADMIN,
    ...changes,
  })
  const create = async (changes: Partial<CreateMarketInput> = {}) => {
    const action = await world.make(CreateMarket)
    return action.handle(fields(changes))
  }
  const update = async (market: Market, changes: Partial<CreateMarketInput> = {}, revision = market.revision) => {
    const action = await world.make(UpdateMarket)
    const { title, description, pricing, endsAt } = market
    return action.handle({
      ...fields({ title, description, pricing, endsAt, ...changes }),
      marketId: market.id,
      revision,
    })
  }
  const publish = async (market: Market, revision = market.revision) => {
    const action = await world.make(PublishMarket)
    return action.handle({ marketId: market.id, revision, actor: ADMIN })
  }
  const unpublish = async (market: Market) => {
    const action = await world.make(UnpublishMarket)
    return action.handle({ marketId: market.id, actor: ADMIN })
  }
  const remove = async (market: Market) => {
    const action = await world.make(DeleteMarket)
    return action.handle({ marketId: market.id, actor: ADMIN })
  }
  const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code)
  const audited = async () => {
    const rows = await db.from('audit_entries').orderBy('id').select('action')
    return rows.map(({ action }) => action)
  }

  test('a market begins as a draft, tidied and audited', async ({ assert }) => {
    const market = accepted(await create({ title: '  BTC   above 120k? ', maxStake: pred('50') }))
    assert.deepEqual([market.status, market.title, market.searchTitle], ['draft', 'BTC above 120k?', 'btc above 120k?'])
    assert.deepEqual([market.maxStake, market.exposureLimit, market.feePoints], [5000n, null, null])
    assert.deepEqual([market.createdBy, market.createdByName], [ADMIN.id, ADMIN.name])
    assert.deepEqual(await audited(), ['market.created'])
  })

  test('refuses {code}')
    .with([
      { code: 'title_length', changes: { title: '  BTC ' } },
      { code: 'title_length', changes: { title: 'x'.repeat(201) } },
      { code: 'description_length', changes: { description: 'x'.repeat(701) } },
      { code: 'stake_not_positive', changes: { maxStake: pred('0') } },
      { code: 'exposure_not_positive', changes: { exposureLimit: pred('0') } },
      { code: 'fee_out_of_range', changes: { feePoints: 5001 } },
      { code: 'fee_out_of_range', changes: { feePoints: -1 } },
      { code: 'date_in_past', changes: { endsAt: Date.UTC(2026, 5, 1, 12) } },
      { code: 'category_not_found', changes: { categoryId: 999_999 } },
      { code: 'image_not_found', changes: { imageKey: 'gone' } },
    ])
    .run(async ({ assert }, { code, changes }) => {
      assert.equal(codeOf(await create(changes)), code)
      assert.lengthOf(await Market.all(), 0)
    })

  test('a draft changes in every way, and whoever saw an older one is told so', async ({ assert }) => {
    const draft = accepted(await create())
    const changed = accepted(await update(draft, { title: 'ETH above 5k?', pricing: 'parimutuel', feePoints: 250 }))
    assert.deepEqual(
      [changed.title, changed.pricing, changed.feePoints, changed.revision],
      ['ETH above 5k?', 'parimutuel', 250, 2]
    )
    assert.equal(codeOf(await update(draft, {}, 1)), 'market_changed')
    assert.deepEqual(await audited(), ['market.created', 'market.updated'])
  })

  test('limits that an editor leaves out stay as they are', async ({ assert }) => {
    const draft = accepted(await create({ exposureLimit: pred('700'), feePoints: 100 }))
    const changed = accepted(await update(draft, { title: 'Another question?' }))
    assert.deepEqual([changed.exposureLimit, changed.feePoints], [70_000n, 100])
    const cleared = accepted(await update(changed, { exposureLimit: null, feePoints: null }))
    assert.deepEqual([cleared.exposureLimit, cleared.feePoints], [null, null])
  })

  test('with bets the pricing and the fee stay, and the words change', async ({ assert }) => {
    const market = await world.market({ pricing: 'parimutuel', feePoints: 500 })
    await world.taken(await world.customer(), market, 'YES', 10)
    await market.refresh()
    assert.equal(codeOf(await update(market, { pricing: 'fixed_odds' })), 'market_has_bets')
    assert.equal(codeOf(await update(market, { feePoints: 100 })), 'market_has_bets')
    assert.equal(codeOf(await unpublish(market)), 'market_has_bets')
    assert.equal(codeOf(await remove(market)), 'market_has_bets')
    const changed = accepted(await update(market, { title: 'Will it rain on Monday, 6 July?', feePoints: 500 }))
    assert.equal(changed.yesBets, 1)
  })

  test('the end moves as long as it has not come, and only to a later moment than now', async ({ assert }) => {
    const now = world.clock.now()
    const market = await world.market({ endsAt: now + DAY })
    assert.equal(codeOf(await update(market, { endsAt: now })), 'date_in_past')
    const moved = accepted(await update(market, { endsAt: now + 2 * DAY }))
    world.clock.moveTo(now + 2 * DAY)
    assert.equal(codeOf(await update(moved, { endsAt: now + 3 * DAY })), 'market_ended')
    assert.equal(codeOf(await update(moved, { title: 'The words may still change' })), 'ok')
  })

  test('a market that is over does not change, nor does one that is gone')
    .with(['closed', 'resolved', 'cancelled'] as const)
    .run(async ({ assert }, status) => {
      const market = await world.market({ status })
      assert.equal(codeOf(await update(market)), 'market_not_editable')
      assert.equal(codeOf(await publish(market)), 'market_not_draft')
      assert.equal(codeOf(await unpublish(market)), 'market_not_active')
      await market.delete()
      for (const act of [update, publish, unpublish, remove])
        assert.equal(codeOf(await act(market)), 'market_not_found')
    })

  test('a draft is published once, as its admin has seen it', async ({ assert }) => {
    const draft = accepted(await create())
    assert.equal(codeOf(await publish(draft, 7)), 'market_changed')
    const open = accepted(await publish(draft))
    assert.deepEqual([open.status, open.publishedAt], ['active', world.clock.now()])
    assert.equal(codeOf(await publish(open)), 'market_not_draft')
    accepted(await unpublish(open))
    await open.refresh()
    assert.deepEqual([open.status, open.publishedAt], ['draft', null])
    assert.deepEqual(await audited(), ['market.created', 'market.published', 'market.unpublished'])
  })

  test('a draft whose end has come is not published, nor one of an archived category', async ({ assert }) => {
    const draft = accepted(await create())
    await world.category.merge({ archivedAt: world.clock.now() }).save()
    assert.equal(codeOf(await publish(draft)), 'category_archived')
    assert.equal(codeOf(await create()), 'category_archived')
    assert.equal(codeOf(await update(draft, { title: 'It may stay where it is' })), 'ok')
    world.clock.advance(DAY)
    assert.equal(codeOf(await publish(await draft.refresh())), 'date_in_past')
  })

  test('a pool keeps the fee of the moment it was published, whatever the setting becomes', async ({ assert }) => {
    await world.set(feePoints, 300)
    const draft = accepted(await create({ pricing: 'parimutuel' }))
    assert.equal(accepted(await publish(draft)).feePoints, 300)
    const own = accepted(await create({ pricing: 'parimutuel', feePoints: 50 }))
    assert.equal(accepted(await publish(own)).feePoints, 50)
    assert.isNull(accepted(await publish(accepted(await create()))).feePoints)
  })

  test('an open market that becomes a pool keeps the fee of that moment', async ({ assert }) => {
    await world.set(feePoints, 300)
    const market = await world.market()
    const pool = accepted(await update(market, { pricing: 'parimutuel' }))
    assert.equal(pool.feePoints, 300)
    await world.taken(await world.customer(), pool, 'YES', 100)
    await world.set(feePoints, 5000)
    const quote = accepted(await world.quote(await world.customer(), pool, 'YES', 100))
    assert.equal(String(quote.potential), '97.00 PRED')
  })

  test('the fee of an open pool can be cleared only to that of the setting', async ({ assert }) => {
    const market = await world.market({ pricing: 'parimutuel', feePoints: 50 })
    await world.set(feePoints, 300)
    const cleared = accepted(await update(market, { feePoints: null }))
    assert.equal(cleared.feePoints, 300)
    const { after } = await db.from('audit_entries').where('action', 'market.updated').firstOrFail()
    assert.equal((typeof after === 'string' ? JSON.parse(after) : after).feePoints, 300)

    const draft = accepted(await create({ pricing: 'parimutuel', feePoints: 50 }))
    assert.isNull(accepted(await update(draft, { pricing: 'parimutuel', feePoints: null })).feePoints)
  })

  test('a market without bets is deleted, and the audit log keeps it', async ({ assert }) => {
    const draft = accepted(await create())
    accepted(await remove(draft))
    assert.isNull(await Market.find(draft.id))
    const { before } = await db.from('audit_entries').where('action', 'market.deleted').firstOrFail()
    assert.include(typeof before === 'string' ? before : JSON.stringify(before), draft.title)
  })
})

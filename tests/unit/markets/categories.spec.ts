import { test } from '@japa/runner'
import type { Result } from '#core/result'
import { ArchiveCategory } from '#markets/actions/archive_category'
import { CreateCategory } from '#markets/actions/create_category'
import { ReorderCategories } from '#markets/actions/reorder_categories'
import { RestoreCategory } from '#markets/actions/restore_category'
import { UpdateCategory } from '#markets/actions/update_category'
import type { CategoryFields } from '#markets/editing/category_input'
import MarketCategory from '#markets/models/market_category'
import { accepted, ADMIN, MarketsWorld } from '#tests/support/markets/world'

test.group('Categories of markets', (group) => {
  const world = new MarketsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const FIELDS = { emoji: '🎬', names: { en: 'Film & TV', uk: 'Кіно' } }
  const create = async (fields: CategoryFields = FIELDS) => {
    const action = await world.make(CreateCategory)
    return action.handle({ ...fields, actor: ADMIN })
  }
  const update = async (categoryId: number, fields: CategoryFields) => {
    const action = await world.make(UpdateCategory)
    return action.handle({ categoryId, ...fields, actor: ADMIN })
  }
  const archive = async (categoryId: number) => {
    const action = await world.make(ArchiveCategory)
    return action.handle({ categoryId, actor: ADMIN })
  }
  const restore = async (categoryId: number) => {
    const action = await world.make(RestoreCategory)
    return action.handle({ categoryId, actor: ADMIN })
  }
  const reorder = async (ids: number[]) => {
    const action = await world.make(ReorderCategories)
    return action.handle({ ids, actor: ADMIN })
  }
  const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code)

  test('one is added at the end, and its code stays whatever it is called', async ({ assert }) => {
    const created = accepted(await create())
    assert.deepEqual([created.slug, created.position], ['film_tv', 2])
    accepted(await update(created.id, { emoji: ' 🎥 ', names: { en: ' Cinema  now ', ru: '' } }))
    const changed = await MarketCategory.findOrFail(created.id)
    assert.deepEqual([changed.slug, changed.emoji, changed.names], ['film_tv', '🎥', { en: 'Cinema now' }])
    assert.equal(changed.nameIn('uk'), 'Cinema now')
  })

  test('refuses {code}')
    .with([
      { code: 'name_required', fields: { emoji: '🎬', names: { uk: 'Кіно' } } },
      { code: 'name_too_long', fields: { emoji: '🎬', names: { en: 'x'.repeat(41) } } },
      { code: 'emoji_invalid', fields: { emoji: 'TV', names: { en: 'TV' } } },
      { code: 'emoji_invalid', fields: { emoji: '🎬🎬', names: { en: 'TV' } } },
      { code: 'emoji_invalid', fields: { emoji: '', names: { en: 'TV' } } },
      { code: 'category_exists', fields: { emoji: '🪙', names: { en: 'crypto!' } } },
    ])
    .run(async ({ assert }, { code, fields }) => {
      assert.equal(codeOf(await create(fields)), code)
    })

  test('an emoji of several code points is one', async ({ assert }) => {
    const emojis = ['🇺🇦', '👨‍👩‍👧', '⚽', '🏛']
    for (const [index, emoji] of emojis.entries()) {
      assert.equal(codeOf(await create({ emoji, names: { en: `Category ${index}` } })), 'ok', emoji)
    }
  })

  test('one in use is not archived; an archived one is offered again', async ({ assert }) => {
    const market = await world.market({ status: 'draft' })
    assert.equal(codeOf(await archive(world.category.id)), 'category_in_use')
    await market.merge({ status: 'cancelled' }).save()
    accepted(await archive(world.category.id))
    assert.equal(codeOf(await archive(world.category.id)), 'category_archived')
    accepted(await restore(world.category.id))
    assert.equal(codeOf(await restore(world.category.id)), 'category_not_archived')
    for (const act of [archive, restore]) assert.equal(codeOf(await act(999_999)), 'category_not_found')
    assert.equal(codeOf(await update(999_999, FIELDS)), 'category_not_found')
  })

  test('the order is that of all that are offered, or it is refused', async ({ assert }) => {
    const [first, second] = [world.category.id, accepted(await create()).id]
    accepted(await reorder([second, first]))
    const ordered = await MarketCategory.query().orderBy('position')
    assert.deepEqual(
      ordered.map(({ id }) => id),
      [second, first]
    )
    for (const ids of [[first], [first, first], [first, 999_999]]) {
      assert.equal(codeOf(await reorder(ids)), 'categories_changed')
    }
  })
})

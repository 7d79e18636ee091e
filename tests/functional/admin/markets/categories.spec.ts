import { test } from '@japa/runner'
import MarketCategory from '#markets/models/market_category'
import { MarketsWorld } from '#tests/support/markets/world'
import { problemAt } from '#tests/support/problem_at'
import { createAdmin, loginAs } from '#tests/support/staff'

const PATH = '/admin/markets/categories'

test.group('Categories of markets in the panel', (group) => {
  const world = new MarketsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('one is added, renamed, moved, archived and restored', async ({ client, assert }) => {
    const admin = await createAdmin({ role: 'manager' })
    const post = (path: string, form: object = {}) =>
      loginAs(
        client
          .post(PATH + path)
          .form(form)
          .redirects(0),
        admin
      )
    const added = await post('', { emoji: '⚽', en: 'Sports', uk: 'Спорт' })
    added.assertFlashMessage('success', 'The category is added.')
    const sports = await MarketCategory.findByOrFail('slug', 'sports')
    await post(`/${sports.id}?_method=PUT`, { emoji: '🏀', en: 'Sport' })
    await post(`/${sports.id}/move`, { direction: 'up' })
    await sports.refresh()
    assert.deepEqual([sports.nameIn('en'), sports.position, sports.names.uk], ['Sport', 1, undefined])

    await post(`/${sports.id}/archive`)
    const page = await loginAs(client.get(PATH), admin)
    assert.include(page.text(), 'Restore Sport?')
    const restored = await post(`/${sports.id}/archive?_method=DELETE`)
    restored.assertFlashMessage('success', 'The category is offered again.')
  })

  test('what is wrong is told at its field, what is in use stays', async ({ client, assert }) => {
    const admin = await createAdmin()
    const post = (path: string, form: object = {}) =>
      loginAs(
        client
          .post(PATH + path)
          .form(form)
          .redirects(0),
        admin
      )
    const bare = await post('', { emoji: 'A', en: 'Sports' })
    assert.deepEqual(bare.flashMessage('inputErrorsBag'), { emoji: ['Choose one emoji.'] })
    const nameless = await post('', { emoji: '⚽', uk: 'Спорт' })
    assert.deepEqual(nameless.flashMessage('inputErrorsBag'), { en: ['Write the English name.'] })
    const renamed = await post(`/${world.category.id}?_method=PUT`, { emoji: '⚽', en: 'x'.repeat(41) })
    assert.include(problemAt(renamed, 'en'), 'at most 40 characters')
    await world.market()
    const kept = await post(`/${world.category.id}/archive`)
    assert.include(kept.flashMessage('error'), 'move them to another one first')
  })

  test('markets of a category are one click away; who may only look changes nothing', async ({ client, assert }) => {
    await world.market()
    const reader = await createAdmin({ role: 'support' })
    const page = await loginAs(client.get(PATH), reader)
    assert.include(page.text(), `/admin/markets?category=${world.category.id}"`)
    assert.notInclude(page.text(), 'Add the category')
  })
})

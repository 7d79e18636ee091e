import { test } from '@japa/runner'
import { defineCallback } from '#bot/callback_data/define_callback'
import { id } from '#bot/callback_data/fields'
import { pageButtons } from '#bot/screens/page_buttons'

const data = defineCallback('list_page', { page: id })

test.group('Buttons between pages', () => {
  test('given page {page}, then there is a button for each neighbour that it has')
    .with([
      { page: 1, hasMorePages: false, buttons: [] },
      { page: 1, hasMorePages: true, buttons: ['▶️ 1:list_page:2'] },
      { page: 2, hasMorePages: true, buttons: ['◀️ 1:list_page:1', '▶️ 1:list_page:3'] },
      { page: 3, hasMorePages: false, buttons: ['◀️ 1:list_page:2'] },
    ])
    .run(({ assert }, { page, hasMorePages, buttons }) => {
      const row = pageButtons(data, page, { hasMorePages })
      assert.deepEqual(
        row.map((button) => `${button.text} ${'callback_data' in button ? button.callback_data : ''}`),
        buttons
      )
    })
})

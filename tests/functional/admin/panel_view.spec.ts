import { test } from '@japa/runner'
import { PanelView } from '#admin/shared/panel_view'

test.group('What pages know of the panel', () => {
  test('rooms link to pages by name; one that there is not has no address', ({ assert }) => {
    const panel = new PanelView(undefined, [], 0)

    assert.equal(panel.linkTo({ route: 'admin.customers.show', params: [7] }), '/admin/customers/7')
    assert.isNull(panel.linkTo({ route: 'admin.gone.show', params: [7] }))
    assert.isNull(panel.linkTo(undefined))
    assert.isNull(panel.linkTo(null))
  })
})

import { test } from '@japa/runner'
import { labelCells } from '#admin/shared/label_cells'

const HEAD =
  '<th scope="col"><a href="?sort=name">Name<svg><path d="M0 0"/></svg></a></th>\n<th class="is-number">Sum &quot;net&quot;</th><th></th>'

test.group('Cells of a list', () => {
  test('carry the heading of their column, row by row', ({ assert }) => {
    assert.equal(
      labelCells(HEAD, '<tr><td>Olena</td><td class="is-number">1</td><td>x</td></tr><tr><td>Taras</td></tr>'),
      '<tr><td data-label="Name">Olena</td><td data-label="Sum &quot;net&quot;" class="is-number">1</td><td>x</td></tr>' +
        '<tr><td data-label="Name">Taras</td></tr>'
    )
  })

  test('count without the box that chooses the row, and without one that spans the table', ({ assert }) => {
    assert.equal(
      labelCells(HEAD, '<tr><td class="is-check"><input></td><td>Olena</td></tr><tr><td colspan="3">none</td></tr>'),
      '<tr><td class="is-check"><input></td><td data-label="Name">Olena</td></tr><tr><td colspan="3">none</td></tr>'
    )
  })
})

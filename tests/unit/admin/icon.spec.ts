import { test } from '@japa/runner'
import { icon } from '#admin/shared/icon'

test.group('Icons', () => {
  test('are inline drawings hidden from screen readers', ({ assert }) => {
    const svg = icon('users')
    assert.match(svg, /^<svg class="icon " [^>]*aria-hidden="true"><path d="/)
    assert.notMatch(svg, /style=|<script|on\w+=|xmlns/)
  })

  test('carry a class and nothing else', ({ assert }) => {
    assert.include(icon('users', 'icon-sm'), 'class="icon icon-sm"')
    assert.notInclude(icon('users', 'x" onload="alert(1)'), '" onload')
  })

  test('{name} is no icon')
    .with([{ name: '../../../package' }, { name: 'no-such-icon-anywhere' }, { name: '' }])
    .run(({ assert }, { name }) => assert.throws(() => icon(name)))
})

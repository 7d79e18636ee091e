import { test } from '@japa/runner'
import { boxMarker, fieldChecked } from '#admin/shared/fields'

const flashOf = (input: Record<string, unknown>) => ({
  get: (key: string) => input[key],
  has: (key: string) => key in input,
})

test.group('Form fields', () => {
  test('the marker of a box stays inside its brackets, so that it never overwrites the box', ({ assert }) => {
    assert.equal(boxMarker('paid'), 'paid__box')
    assert.equal(boxMarker('quiet[on]'), 'quiet[on__box]')
  })

  test('after a refusal a box is as it was left, checked or not', ({ assert }) => {
    assert.isFalse(fieldChecked(flashOf({ 'quiet.on__box': '1' }), 'quiet[on]', true))
    assert.isTrue(fieldChecked(flashOf({ 'quiet.on__box': '1', 'quiet.on': 'on' }), 'quiet[on]', false))
    assert.isTrue(fieldChecked(flashOf({}), 'quiet[on]', true))
  })
})

import { test } from '@japa/runner'
import { detailsText } from '#admin/health/detail_words'

test.group('Figures of a component', () => {
  test('are told with their units', ({ assert }) => {
    const details = {
      engine: 'SQLite',
      free_mb: 78447,
      free_percent: 30,
      oldest_due_seconds: 125,
      answers_ms: 3,
      due: 1200,
    }
    assert.equal(
      detailsText(details),
      'engine: SQLite · free: 78\u202F447 MB · free: 30 % · oldest due: 2 min 5 s · answers: 3 ms · due: 1\u202F200'
    )
  })

  test('of nothing are nothing, and an unknown one is a dash', ({ assert }) => {
    assert.equal(detailsText(null), '')
    assert.equal(detailsText({ pending: null, polling: true }), 'pending: - · polling: true')
  })
})

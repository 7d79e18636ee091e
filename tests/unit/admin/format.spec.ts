import { test } from '@japa/runner'
import {
  formatCount,
  formatDuration,
  formatFull,
  formatInstant,
  formatNumber,
  formatRelative,
} from '#admin/shared/format'

const NOW = Date.UTC(2026, 5, 1, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.group('Numbers and moments in the panel', () => {
  test('groups {value} as {expected}')
    .with([
      { value: 0, expected: '0' },
      { value: 999, expected: '999' },
      { value: 5000, expected: '5\u202F000' },
      { value: 48_213, expected: '48\u202F213' },
      { value: 9_007_199_254_740_991, expected: '9\u202F007\u202F199\u202F254\u202F740\u202F991' },
      { value: -118_800, expected: '-118\u202F800' },
    ])
    .run(({ assert }, { value, expected }) => assert.equal(formatNumber(value), expected))

  test('keeps the digits that were asked for', ({ assert }) => {
    assert.equal(formatNumber(1234.5, 2), '1\u202F234.50')
    assert.equal(formatNumber(-0.001, 2), '0.00')
  })

  test('says when counting stopped', ({ assert }) => {
    assert.equal(formatCount({ value: 10_000, capped: true }), '10\u202F000+')
    assert.equal(formatCount({ value: 9_999, capped: false }), '9\u202F999')
  })

  test('{distance} ms from now is {expected}')
    .with([
      { distance: -59_000, expected: 'just now' },
      { distance: -2 * MINUTE, expected: '2 min ago' },
      { distance: -HOUR, expected: '1 h ago' },
      { distance: -DAY, expected: 'yesterday' },
      { distance: -5 * DAY, expected: '5 d ago' },
      { distance: 3 * HOUR, expected: 'in 3 h' },
      { distance: DAY, expected: 'tomorrow' },
      { distance: -40 * DAY, expected: '22 Apr 2026' },
    ])
    .run(({ assert }, { distance, expected }) => {
      assert.equal(formatRelative(NOW + distance, NOW, 'UTC'), expected)
    })

  test("shows moments in the admin's time zone", ({ assert }) => {
    assert.equal(formatInstant(NOW, 'Europe/Kyiv'), '1 Jun 2026, 15:00')
    assert.equal(formatFull(NOW, 'America/New_York'), '1 June 2026, 08:00:00 GMT-4')
  })

  test('names the two largest units of a duration', ({ assert }) => {
    assert.equal(formatDuration(17 * MINUTE + 43_000), '17 min 43 s')
    assert.equal(formatDuration(3 * DAY + 4 * HOUR + MINUTE), '3 d 4 h')
    assert.equal(formatDuration(HOUR), '1 h')
    assert.equal(formatDuration(300), '0 s')
  })
})

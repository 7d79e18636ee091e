import { test } from '@japa/runner'
import { TIME_ZONES } from '#staff/time_zones'
import { isTimeZone } from '#customers/time_zones'

test.group('Time zones', () => {
  test('every zone of the list can be chosen, under its present name', ({ assert }) => {
    assert.equal(TIME_ZONES[0], 'UTC')
    assert.includeMembers([...TIME_ZONES], ['Europe/Kyiv', 'Asia/Kolkata'])
    assert.deepEqual(
      TIME_ZONES.filter((name) => !isTimeZone(name)),
      []
    )
  })
})

import { test } from '@japa/runner'
import { findTimeZone } from '#customers/find_time_zone'
import { isTimeZone } from '#customers/time_zones'

const NOW = Date.UTC(2026, 5, 1, 12)
const clockIn = (timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(NOW)

test.group('Time zones as people say them', () => {
  test('{said} is a place where it is {time}')
    .with([
      { said: 'Kathmandu', time: '17:45' },
      { said: ' port of spain ', time: '08:00' },
      { said: 'São Paulo', time: '09:00' },
      { said: 'ho chi minh', time: '19:00' },
      { said: 'asia/tbilisi', time: '16:00' },
      { said: 'UTC', time: '12:00' },
      { said: 'utc+5', time: '17:00' },
      { said: 'GMT-3', time: '09:00' },
      { said: '−09:30', time: '02:30' },
      { said: '+5:45', time: '17:45' },
      { said: '+0545', time: '17:45' },
      { said: 'UTC+0', time: '12:00' },
      { said: '+14', time: '02:00' },
      { said: '-12', time: '00:00' },
    ])
    .run(({ assert }, { said, time }) => {
      const zone = findTimeZone(said, NOW)
      assert.isTrue(zone !== null && isTimeZone(zone))
      assert.equal(clockIn(zone!), time)
    })

  test('{$self} is no zone')
    .with(['', 'Atlantis', '+15', '-13', '+5:17', '12', 'Киев', 'a'.repeat(200), '../../etc', 'x+y', '+99:99'])
    .run(({ assert }, said) => {
      assert.isNull(findTimeZone(said, NOW))
    })
})

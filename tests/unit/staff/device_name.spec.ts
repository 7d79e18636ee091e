import { test } from '@japa/runner'
import { deviceName } from '#staff/device_name'

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.group('Device names', () => {
  for (const [userAgent, name] of [
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
    [`Mozilla/5.0 (Linux; Android 15) ${WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36`, 'Chrome on Android'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1',
      'Safari on iPhone',
    ],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1', 'Safari on Mac'],
    ['curl/8.5.0', 'curl'],
    ['Kontora tests', 'Kontora tests'],
    ['', 'Unknown device'],
  ]) {
    test(name, ({ assert }) => assert.equal(deviceName(userAgent), name))
  }
})

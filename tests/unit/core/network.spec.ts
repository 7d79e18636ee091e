import { test } from '@japa/runner'
import { networkOf } from '#core/network'

test.group('Network of an address', () => {
  test('{$self}')
    .with([
      ['203.0.113.7', '203.0.113.7'],
      ['::ffff:203.0.113.7', '203.0.113.7'],
      ['::FFFF:cb00:7107', '203.0.113.7'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
      ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
      ['2001:db8::', '2001:db8:0:0::/64'],
      ['fe80::1%eth0', 'fe80:0:0:0::/64'],
      ['::1', '0:0:0:0::/64'],
      ['unknown', 'unknown'],
    ])
    .run(({ assert }, [address, network]) => assert.equal(networkOf(address), network))

  test('addresses of one /64 are one visitor, those of the next another', ({ assert }) => {
    assert.equal(networkOf('2001:db8::1'), networkOf('2001:db8::ffff:ffff:ffff:ffff'))
    assert.notEqual(networkOf('2001:db8::1'), networkOf('2001:db8:0:1::1'))
  })
})

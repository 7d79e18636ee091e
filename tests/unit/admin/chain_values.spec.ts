import { test } from '@japa/runner'
import { explorerUrl, shortened, shownEther, shownGwei } from '#admin/shared/chain_values'
import { givenChain } from '#tests/support/chain/panel_rows'

test.group('Values of the chain', () => {
  test('{wei} wei are shown as {shown}')
    .with([
      { wei: '0', shown: '0' },
      { wei: '218000000000000', shown: '0.000218' },
      { wei: '50000000000000000', shown: '0.05' },
      { wei: '1234567891999999999999', shown: '1\u202F234.567891' },
      { wei: '21000', shown: '<0.000001' },
      { wei: '2000000000000000000', shown: '2' },
      { wei: '-50000000000000000', shown: '-0.05' },
    ])
    .run(({ assert }, { wei, shown }) => assert.equal(shownEther(wei), shown))

  test('a price of gas is shown in gwei', ({ assert }) => {
    assert.equal(shownGwei('1500000000'), '1.5')
    assert.equal(shownGwei(2_000_000_000n), '2')
    assert.equal(shownGwei('7'), '<0.001')
  })

  test('addresses and hashes are shortened in the middle', ({ assert }) => {
    assert.equal(shortened('0x71C7656EC7ab88b098defB751B7401B5f6d89A3F'), '0x71C7…9A3F')
  })

  test('given an explorer, when something is linked, then a slash at its end is not doubled', async ({
    assert,
    cleanup,
  }) => {
    cleanup(givenChain({ explorerUrl: 'https://explorer.test/' }))
    assert.equal(await explorerUrl('block', 12), 'https://explorer.test/block/12')
  })

  test('given no explorer, when something is linked, then there is no link', async ({ assert, cleanup }) => {
    cleanup(givenChain({ explorerUrl: null }))
    assert.isNull(await explorerUrl('tx', '0x1'))
  })
})

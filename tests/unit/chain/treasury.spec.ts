import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import ChainWallet from '#chain/models/chain_wallet'
import { chainEnabled } from '#chain/settings'
import { WatchTreasury } from '#chain/ticks/watch_treasury'
import { Treasury } from '#chain/treasury/treasury'
import { formatEther, parseEther } from '#chain/wei'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import AdminAlert from '#notifications/models/admin_alert'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { FakeNode } from '#tests/support/chain/fake_node'
import { resetDatabase } from '#tests/support/database'

const wei = (ether: string) => ({ result: `0x${parseEther(ether)!.toString(16)}` })

const open = () => AdminAlert.query().where('fingerprint', 'chain:treasury_low').whereNull('resolved_at').first()

async function watch() {
  const tick = await app.container.make(WatchTreasury)
  await tick.run()
}

test.group('The treasury', (group) => {
  let node: FakeNode

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    node = await FakeNode.start({ eth_getBalance: wei('0.05') })
    const restore = bindChain({ ...NOWHERE, rpcUrls: [node.url] })
    return async () => {
      restore()
      await node.stop()
    }
  })

  test('given ten who need it at once, then there is one wallet of its own', async ({ assert }) => {
    const treasury = await app.container.make(Treasury)
    assert.isNull(await treasury.find())
    const wallets = await Promise.all(Array.from({ length: 10 }, () => treasury.wallet()))
    assert.lengthOf(new Set(wallets.map(({ address }) => address)), 1)
    assert.lengthOf(await ChainWallet.all(), 1)
  })

  test('given less than the settings say, then admins are called until it is filled', async ({ assert }) => {
    await watch()
    assert.isNull(await open())
    node.answers.eth_getBalance = wei('0.049')
    await watch()
    const alert = await open()
    assert.equal(alert?.severity, 'warning')
    assert.include(JSON.stringify(alert), '0.049')
    node.answers.eth_getBalance = wei('1')
    await watch()
    assert.isNull(await open())
  })

  test('an empty one is critical, and one that is switched off is nobody’s business', async ({ assert }) => {
    node.answers.eth_getBalance = wei('0')
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, chainEnabled, false))
    await watch()
    assert.isNull(await open())
    await transaction((trx) => settings.set(trx, chainEnabled, true))
    await watch()
    const alert = await open()
    assert.equal(alert?.severity, 'critical')
  })

  test('ether is read and written as people do', ({ assert }) => {
    for (const [text, expected] of [
      ['1', 10n ** 18n],
      ['0.05', 5n * 10n ** 16n],
      ['0.000000000000000001', 1n],
      ['1.0000000000000000001', null],
      ['-1', null],
      ['1,5', null],
      ['', null],
    ] as const) {
      assert.equal(parseEther(text), expected)
    }
    assert.deepEqual([0n, 1n, 5n * 10n ** 16n, -(10n ** 18n)].map(formatEther), [
      '0',
      '0.000000000000000001',
      '0.05',
      '-1',
    ])
  })
})

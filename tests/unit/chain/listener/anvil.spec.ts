import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { ChainStatusQuery } from '#chain/queries/chain_status_query'
import ChainEvent from '#chain/models/chain_event'
import { custody, system } from '#ledger/accounts'
import Notification from '#notifications/models/notification'
import { bindChain } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { catchUp, newListener, newWallet } from '#tests/support/chain/listening'
import { resetDatabase } from '#tests/support/database'
import { balanceOf } from '#tests/support/ledger'

const STRANGER = '0x00000000000000000000000000000000000000aa'

test.group('Listener: on anvil', (group) => {
  let world: EvmWorld

  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(world.chainConfig({ confirmations: 3 })))

  test('given a deposit, when it has its confirmations, then it is in the books and the customer is told once', async ({
    assert,
  }) => {
    const listener = await newListener()
    await catchUp(listener)
    const { address, customerId } = await newWallet()
    await world.mint(address, 7_000_000n)
    await catchUp(listener)

    const seen = await ChainEvent.query().where('toKey', address.toLowerCase())
    assert.deepEqual(
      seen.map(({ status, amount, name }) => [status, amount, name]),
      [['seen', 7_000_000n, 'Transfer']]
    )
    assert.equal(await balanceOf(custody(customerId)), 0n)

    await world.mine(2)
    await catchUp(listener)
    await catchUp(listener)

    assert.equal(await balanceOf(custody(customerId)), 7_000_000n)
    assert.equal(await balanceOf(system('clearing:evm', 'USDT')), -7_000_000n)
    const notices = await Notification.query().where('template', 'deposit_received')
    assert.lengthOf(notices, 1)
    const query = await app.container.make(ChainStatusQuery)
    const status = await query.run()
    const head = await world.head()
    assert.containSubset(status, { lag: 0, stopped: null, problems: 0, confirmedBlock: head - 2 })
  })

  test('given an entry and a prize, then both pass through the raffle and the prize is no deposit', async ({
    assert,
  }) => {
    const listener = await newListener()
    const { address, customerId } = await newWallet()
    await world.enterAs(address)
    await world.mint(STRANGER, 1n)
    const request = await world.requestDraw()
    await world.fulfil(request)
    await world.mine(3)
    await catchUp(listener)

    const names = await ChainEvent.query().orderBy(['blockNumber', 'logIndex'])
    assert.deepEqual(
      names.map(({ name }) => name),
      ['Transfer', 'Transfer', 'RaffleEnter', 'RequestedRaffleWinner', 'WinnerPicked', 'Transfer']
    )
    assert.equal(await balanceOf(custody(customerId)), await world.usdtOf(address))
    assert.lengthOf(await Notification.query().where({ template: 'deposit_received', customerId }), 1)
  })
})

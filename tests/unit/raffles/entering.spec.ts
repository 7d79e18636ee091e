import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import ChainOperation from '#chain/models/chain_operation'
import { custody, system } from '#ledger/accounts'
import RaffleEntry from '#raffles/models/raffle_entry'
import RafflePlayer from '#raffles/models/raffle_player'
import { EnterOperation } from '#raffles/operations/enter_operation'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { entriesPerRound, rafflesEnabled } from '#raffles/settings'
import { CustomerFactory } from '#database/factories/customer_factory'
import { answerOtherwise, behind } from '#tests/support/chain/other_nodes'
import { accepted, balanceOf } from '#tests/support/ledger'
import { FEE, RaffleWorld } from '#tests/support/chain/raffle_world'

test.group('Entering the raffle', (group) => {
  let world: RaffleWorld
  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(60_000)

  test('given USDT for it, when a customer enters, then the contract, the books and the customer know', async ({
    assert,
  }) => {
    const customer = await world.customer()
    await world.settle()
    const entry = await world.entered(customer, { messageId: 77 })
    assert.containSubset(entry, { status: 'pending', fee: FEE, source: 'bot', raffleId: null })

    await world.untilStatus(entry, 'seen')
    assert.containSubset(await world.current(), { participants: 0 }, 'what may still be replaced does not count')
    await world.untilStatus(entry, 'confirmed')

    const round = await world.current()
    const wallet = await world.wallet(customer)
    assert.containSubset(round, { round: 1, status: 'open', participants: 1, pool: FEE })
    assert.containSubset(entry, { raffleId: round.id, reason: null })
    assert.deepEqual(await world.evm.read('raffle', 'getPlayers'), [[wallet.address]])
    const player = await RafflePlayer.findByOrFail('entryId', entry.id)
    assert.containSubset(player, { customerId: customer.id, fee: FEE, status: 'confirmed', txHash: entry.txHash })
    const operation = await ChainOperation.findOrFail(entry.operationId)
    assert.equal(operation.status, 'confirmed')
    assert.equal(await balanceOf(custody(customer.id)), 0n)
    assert.equal(await balanceOf(system('raffle', 'USDT')), FEE)
    const told = await world.told(customer)
    assert.equal(told.at(-1), 'edit raffle_progress.in')
    assert.includeMembers(told, ['edit raffle_progress.confirming'])

    const query = await world.make(CustomerRaffleQuery)
    const figures = await query.figures(customer.id)
    assert.containSubset(figures, { entries: 1, wins: 0 })
    assert.equal(figures.spent.minor, FEE)
  })

  test('given nodes whose latest block is older than the deposit, then the entry is checked at the block that the sender knows', async ({
    cleanup,
  }) => {
    const entry = await world.entered(await world.customer())
    cleanup(await answerOtherwise(behind(1)))
    const handler = await world.make(EnterOperation)
    const operation = await ChainOperation.findOrFail(entry.operationId)
    accepted(await handler.check(operation, await world.evm.head()))
  })

  test('given a second tap, with the same key or another, then there is one entry', async ({ assert }) => {
    const customer = await world.customer(FEE * 3n)
    const [first, second, third] = await Promise.all([
      world.enter(customer, { key: 'tap' }),
      world.enter(customer, { key: 'tap' }),
      world.enter(customer, { key: 'another' }),
    ])
    const entries = await RaffleEntry.all()
    assert.lengthOf(entries, 1)
    const outcomes = [first, second, third].map((result) => (result.ok ? result.value.id : result.refusal.code))
    assert.isTrue(outcomes.every((outcome) => outcome === entries[0].id || outcome === 'entry_in_progress'))
    assert.lengthOf(await ChainOperation.all(), 1)

    await world.untilStatus(entries[0], 'confirmed')
    const again = await world.entered(customer, { key: entries[0].key })
    assert.equal(again.id, entries[0].id)
    const other = await world.customer()
    assert.containSubset(await world.enter(other, { key: entries[0].key }), {
      refusal: { code: 'idempotency_conflict' },
    })
  })

  test('given no wallet, when a customer enters, then there is one, and the refusal says what is missing', async ({
    assert,
  }) => {
    const customer = await CustomerFactory.create()
    assert.containSubset(await world.enter(customer), {
      refusal: { code: 'insufficient_usdt', params: { available: '0.000000', needed: '5.000000' } },
    })
    const wallet = await db.from('chain_wallets').where('customer_id', customer.id).firstOrFail()
    await world.evm.mint(wallet.address, FEE - 1n)
    assert.containSubset(await world.enter(customer), { refusal: { params: { available: '4.999999' } } })
    assert.lengthOf(await RaffleEntry.all(), 0)
  })

  test('given the round allows one entry, then the second is refused until the next round', async ({ assert }) => {
    const customer = await world.customer(FEE * 3n)
    await world.untilStatus(await world.entered(customer), 'confirmed')
    assert.containSubset(await world.enter(customer), { refusal: { code: 'already_entered', params: { limit: 1 } } })

    await world.evm.fulfil(await world.evm.requestDraw())
    await world.listen()
    assert.containSubset(await world.current(), { round: 1 }, 'the draw is not deep enough')
    await world.untilStatus(await world.entered(customer), 'confirmed')
    assert.containSubset(await world.current(), { round: 2, participants: 1 })
  })

  test('given no limit, then a customer enters as often as they like', async ({ assert }) => {
    await world.set(entriesPerRound, 0)
    const customer = await world.customer(FEE * 2n)
    await world.untilStatus(await world.entered(customer), 'confirmed')
    await world.untilStatus(await world.entered(customer), 'confirmed')
    assert.containSubset(await world.current(), { participants: 2, pool: FEE * 2n })
  })

  test('given a reason against it, then nothing is begun', async ({ assert }) => {
    const customer = await world.customer()
    const banned = await CustomerFactory.apply('banned').create()
    assert.containSubset(await world.enter(banned), { refusal: { code: 'customer_banned' } })
    assert.containSubset(await world.enter({ id: 999_999 } as any), { refusal: { code: 'customer_not_found' } })

    await world.set(rafflesEnabled, false)
    assert.containSubset(await world.enter(customer), { refusal: { code: 'raffle_off' } })
    await world.set(rafflesEnabled, true)

    await world.evm.act(world.evm.owner, 'raffle', 'setPaused', [true])
    assert.containSubset(await world.enter(customer), { refusal: { code: 'raffle_paused' } })
    await world.evm.act(world.evm.owner, 'raffle', 'setPaused', [false])

    await world.evm.enterAs('0x00000000000000000000000000000000000000A1')
    await world.evm.requestDraw()
    assert.containSubset(await world.enter(customer), { refusal: { code: 'raffle_not_open' } })
    assert.lengthOf(await RaffleEntry.all(), 0)
    assert.lengthOf(await ChainOperation.all(), 0)
  })

  test('given the raffle closes after the tap, then the entry fails, nothing is taken, and the customer knows why', async ({
    assert,
  }) => {
    const customer = await world.customer()
    const entry = await world.entered(customer)
    await world.evm.enterAs('0x00000000000000000000000000000000000000A1')
    await world.evm.requestDraw()
    await world.untilStatus(entry, 'failed')
    assert.equal(entry.reason, 'raffle_not_open')
    const wallet = await world.wallet(customer)
    assert.equal(await world.evm.usdtOf(wallet.address), FEE)
    assert.include(await world.told(customer), 'send raffle_progress.failed')
    const query = await world.make(CustomerRaffleQuery)
    assert.isNull(await query.open(customer.id))
  })

  test('given a fee that changed after the tap, then nothing is paid', async ({ assert }) => {
    const customer = await world.customer(FEE * 2n)
    const entry = await world.entered(customer)
    await world.evm.act(world.evm.owner, 'raffle', 'setEntranceFee', [FEE + 1n])
    await world.untilStatus(entry, 'failed')
    assert.equal(entry.reason, 'fee_changed')
  })

  test('given no node answers, then the customer is asked to try again', async ({ assert }) => {
    const customer = await world.customer()
    const { bindChain, NOWHERE } = await import('#tests/support/chain/bind_chain')
    const restore = bindChain({ ...NOWHERE, chainId: world.evm.chainId })
    assert.containSubset(await world.enter(customer), { refusal: { code: 'chain_unavailable' } })
    restore()
  })
})

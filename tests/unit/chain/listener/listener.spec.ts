import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { RewindListener } from '#chain/actions/rewind_listener'
import { EventEffects, type EventEffect } from '#chain/listener/event_effects'
import type { Listener } from '#chain/listener/listener'
import { GONE } from '#chain/listener/recording/check_blocks'
import ChainWallet from '#chain/models/chain_wallet'
import ChainEvent from '#chain/models/chain_event'
import { ChainStatusQuery, type ChainStatus } from '#chain/queries/chain_status_query'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { withdrawalsEnabled } from '#chain/settings'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { OperationHandlers } from '#chain/operations/operation_handlers'
import { ok } from '#core/result'
import { custody } from '#ledger/accounts'
import AuditEntry from '#staff/models/audit_entry'
import AdminAlert from '#notifications/models/admin_alert'
import Notification from '#notifications/models/notification'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { FakeChain } from '#tests/support/chain/fake_chain'
import { givenOperation, givenWallet } from '#tests/support/chain/given'
import { catchUp, newListener } from '#tests/support/chain/listening'
import { txRow } from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, newCustomerId } from '#tests/support/ledger'
import { MINUTE, TestClock } from '#tests/support/test_clock'

const OUTSIDE = '0x00000000000000000000000000000000000000f1'
const CONFIRMATIONS = 3
const playerOf = (number: number) => `0x${String(number).padStart(40, '0')}`

test.group('Listener: on a chain that does as it is told', (group) => {
  let chain: FakeChain
  let clock: TestClock
  let listener: Listener
  let customerId: number
  let wallet: string

  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain({ ...NOWHERE, startBlock: 0, confirmations: CONFIRMATIONS }))
  group.each.setup(async () => {
    chain = new FakeChain()
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    const restore = chain.bind()
    customerId = await newCustomerId()
    const row = await givenWallet(customerId)
    wallet = row.addressKey
    listener = await newListener()
    return () => {
      restore()
      app.container.restore(Clock)
    }
  })

  const deposit = (amount = 5n) => chain.transaction([{ from: OUTSIDE, to: wallet, amount }])
  const told = async (figure: keyof ChainStatus) => {
    const query = await app.container.make(ChainStatusQuery)
    const status = await query.run()
    return status![figure]
  }
  const openAlerts = async () => {
    const alerts = await AdminAlert.query().whereNull('resolvedAt')
    return alerts.map(({ fingerprint }) => fingerprint)
  }

  /** Beside the effects of the product, or in their place. */
  function withEffect(effect: EventEffect, others: EventEffect[] = []) {
    const effects = new EventEffects()
    for (const one of [...others, effect]) effects.register(one)
    app.container.swap(EventEffects, () => effects)
    return () => app.container.restore(EventEffects)
  }

  test('given a wallet that is made while a block is read, then nothing sent to it is missed', async ({ assert }) => {
    await catchUp(listener)
    let late = ''
    chain.onLogs = async () => {
      chain.onLogs = null
      const lateOwner = await newCustomerId()
      const made = await givenWallet(lateOwner)
      late = made.addressKey
      chain.mined.at(-1)!.transactions.push(chain.transaction([{ from: OUTSIDE, to: late, amount: 9n }]))
    }
    /** More than the confirmations: read by number, with the addresses that were known before. */
    chain.mineEmpty(2)
    chain.mine([deposit()])
    await catchUp(listener)

    const found = await ChainEvent.query().where('toKey', late)
    assert.lengthOf(found, 1)
    assert.lengthOf(await ChainEvent.query().where('toKey', wallet), 1)
  })

  test('given two listeners at once, then each event is recorded and takes effect once', async ({ assert }) => {
    const other = await newListener()
    for (let i = 0; i < 5; i++) chain.mine([deposit()], [deposit()])
    chain.mineEmpty(CONFIRMATIONS)
    await Promise.all([catchUp(listener), catchUp(other)])

    assert.lengthOf(await ChainEvent.query().where('status', 'confirmed'), 10)
    assert.equal(await balanceOf(custody(customerId)), 50n)
    assert.lengthOf(await Notification.query().where('template', 'deposit_received'), 10)
  })

  test('given a reorganisation within the confirmations, then what is gone never counts', async ({ assert }) => {
    chain.mineEmpty(5)
    chain.mine([deposit(7n)], [])
    await catchUp(listener)
    chain.drop(2)
    chain.mine([], [], [])
    await catchUp(listener)
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)

    const [event] = await ChainEvent.all()
    assert.equal(event.status, 'orphaned')
    assert.equal(await balanceOf(custody(customerId)), 0n)
  })

  test('given a transaction that is mined again in another block, then it counts once', async ({ assert }) => {
    chain.mineEmpty(5)
    const again = deposit(7n)
    chain.mine([again], [])
    await catchUp(listener)
    chain.drop(2)
    chain.mine([], [again], ...Array.from({ length: CONFIRMATIONS }, () => []))
    await catchUp(listener)

    const events = await ChainEvent.all()
    assert.sameMembers(
      events.map(({ status }) => status),
      ['orphaned', 'confirmed']
    )
    assert.equal(await balanceOf(custody(customerId)), 7n)
  })

  test('given confirmed blocks that are replaced, when it is said again and again, then it stops and a person is told', async ({
    assert,
  }) => {
    chain.mineEmpty(3)
    const again = deposit(7n)
    chain.mine([again])
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    chain.drop(CONFIRMATIONS + 1)
    chain.mine([], [again])
    chain.mineEmpty(CONFIRMATIONS)

    await assert.rejects(() => listener.cycle(), /asking again/)
    await assert.rejects(() => listener.cycle(), /asking again/)
    assert.isNull(await told('stopped'))
    await listener.cycle()
    assert.match(String(await told('stopped')), /3 confirmations/)
    assert.include(await openAlerts(), 'chain:stopped')
    const settings = await app.container.make(Settings)
    assert.isFalse(await transaction((trx) => settings.getIn(trx, withdrawalsEnabled)))
    const paused = await AuditEntry.query().where('action', 'settings.changed').firstOrFail()
    assert.deepEqual(paused.after, { 'chain.withdrawals_enabled': false, reason: 'reorganisation' })
    assert.equal(await listener.cycle(), 'stopped')

    const rewind = await app.container.make(RewindListener)
    accepted(await rewind.run({ block: 2, actor: SYSTEM_ACTOR }))
    await catchUp(listener)
    assert.equal(await balanceOf(custody(customerId)), 7n)
    assert.isNull(await told('stopped'))
    const rows = await ChainEvent.query().orderBy('id')
    assert.deepEqual(
      rows.map((row) => [row.status, row.problem]),
      [
        ['confirmed', GONE],
        ['confirmed', null],
      ]
    )
  })

  test('given a rewind beyond what is read, then it is refused', async ({ assert }) => {
    await catchUp(listener)
    const rewind = await app.container.make(RewindListener)
    const result = await rewind.run({ block: 99, actor: SYSTEM_ACTOR })
    assert.isFalse(result.ok)
  })

  test('given blocks that are read again, then nothing happens twice', async ({ assert }) => {
    chain.mine([deposit()], [deposit()])
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    const rewind = await app.container.make(RewindListener)
    accepted(await rewind.run({ block: 0, actor: SYSTEM_ACTOR }))
    await catchUp(listener)

    assert.lengthOf(await ChainEvent.all(), 2)
    assert.equal(await balanceOf(custody(customerId)), 10n)
    assert.equal(await told('lag'), 0)
  })

  test('given an effect that throws, then its event waits with an alert, others go on, and it is tried again', async ({
    assert,
    cleanup,
  }) => {
    let isBroken = true
    const done: number[] = []
    cleanup(
      withEffect({
        name: 'Transfer',
        confirmed: async (_trx, { amount }) => {
          if (isBroken && amount === 2n) throw new Error('not today')
          done.push(Number(amount))
        },
      })
    )
    listener = await newListener()
    chain.mine([deposit(1n), deposit(2n)], [deposit(3n)])
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)

    assert.includeMembers(done, [1, 3])
    const parked = await ChainEvent.findByOrFail('amount', 2)
    assert.deepEqual([parked.status, parked.problem], ['seen', 'not today'])
    assert.equal(await told('problems'), 1)
    assert.include(await openAlerts(), 'chain:events')

    isBroken = false
    clock.advance(MINUTE)
    await catchUp(listener)
    await parked.refresh()
    assert.deepEqual([parked.status, parked.problem], ['confirmed', null])
    assert.notInclude(await openAlerts(), 'chain:events')
  })

  test('given an event of the raffle that could not take effect, then those of the raffle behind it wait for it', async ({
    assert,
    cleanup,
  }) => {
    let isBroken = true
    const done: string[] = []
    const money: EventEffect = { name: 'Transfer', confirmed: async (_trx, { amount }) => void done.push(`${amount}`) }
    const entered: EventEffect = {
      name: 'RaffleEnter',
      confirmed: async (_trx, { toKey }) => {
        if (isBroken && toKey === playerOf(1)) throw new Error('not today')
        done.push(toKey!)
      },
    }
    cleanup(withEffect(entered, [money]))
    listener = await newListener()
    const enter = (player: string) => chain.transaction([], player)
    chain.mine([enter(playerOf(0)), enter(playerOf(1)), enter(playerOf(2)), deposit(1n)])
    chain.mine([enter(playerOf(3)), deposit(2n)])
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    chain.mine([enter(playerOf(4)), deposit(3n)])
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)

    /** Some were begun in a transaction that failed. */
    const settled = await ChainEvent.query().where('status', 'confirmed').orderBy(['blockNumber', 'logIndex'])
    assert.deepEqual(
      settled.map((event) => (event.name === 'Transfer' ? event.amount : event.toKey)),
      [playerOf(0), 1n, 2n, 3n]
    )
    assert.equal(await told('problems'), 1)

    done.length = 0
    isBroken = false
    clock.advance(MINUTE)
    await catchUp(listener)
    assert.deepEqual(done, [1, 2, 3, 4].map(playerOf))
    assert.equal(await told('problems'), 0)
  })

  test('given an effect that only shows an event and throws, then the event is recorded all the same', async ({
    assert,
    cleanup,
  }) => {
    const confirmed: number[] = []
    const effect: EventEffect = {
      name: 'Transfer',
      seen: async () => {
        throw new Error('no screen')
      },
      confirmed: async (_trx, { id }) => void confirmed.push(id),
    }
    cleanup(withEffect(effect))
    listener = await newListener()
    chain.mine([deposit()])
    await catchUp(listener)
    const event = await ChainEvent.firstOrFail()
    assert.equal(event.problem, 'no screen')
    chain.mineEmpty(CONFIRMATIONS)
    clock.advance(MINUTE)
    await catchUp(listener)
    assert.deepEqual(confirmed, [event.id])
  })

  test('given a node that leaves logs out, when blocks are read a second time, then they are found before effects', async ({
    assert,
  }) => {
    await catchUp(listener)
    chain.mine([deposit(4n)])
    /** Head, headers of the cursor and of the new block, then its logs. */
    chain.faults = [null, null, null, 'partial']
    await listener.cycle()
    assert.lengthOf(await ChainEvent.all(), 0)
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    assert.equal(await balanceOf(custody(customerId)), 4n)
  })

  test('given logs that both readings lack, then the look back finds them', async ({ assert }) => {
    chain.mineEmpty(2)
    const hidden = deposit(6n)
    chain.mine([])
    const block = chain.mined.at(-1)!
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    block.transactions.push(hidden)
    await catchUp(listener)
    assert.lengthOf(await ChainEvent.all(), 0)
    clock.advance(11 * MINUTE)
    await catchUp(listener)
    await catchUp(listener)
    assert.equal(await balanceOf(custody(customerId)), 6n)
  })

  test('given a node that allows ten blocks, then all of them are read', async ({ assert }) => {
    chain.rangeLimit = 10
    for (let i = 0; i < 6; i++) chain.mine([deposit()], [], [], [], [], [], [])
    await catchUp(listener)
    assert.lengthOf(await ChainEvent.all(), 6)
    assert.equal(await told('block'), chain.top)
  })

  test('given a node that answers nothing, then nothing is lost by it', async ({ assert }) => {
    chain.mine([deposit()])
    for (let calls = 0; calls < 12; calls++) {
      chain.faults = [...Array.from({ length: calls }, () => null), 'unavailable']
      await listener.cycle().catch((error) => assert.instanceOf(error, ChainUnavailable))
      chain.mine([deposit()])
    }
    chain.faults = []
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    assert.equal(await balanceOf(custody(customerId)), 13n * 5n)
  })

  test('given transfers of nothing and of too much, then the books do not move for the one and a person looks at the other', async ({
    assert,
  }) => {
    chain.mine([deposit(0n), deposit(2n ** 60n)])
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    const rows = await ChainEvent.query().orderBy('logIndex')
    assert.deepEqual(
      rows.map((row) => row.status),
      ['confirmed', 'seen']
    )
    assert.match(rows[1].problem!, /more than the books can hold/)
    assert.equal(await balanceOf(custody(customerId)), 0n)
  })

  test('given an operation, when the last event of its transaction takes effect, then it is confirmed', async ({
    assert,
    cleanup,
  }) => {
    const statuses: string[] = []
    const handlers = new OperationHandlers()
    handlers.register({
      kind: 'enter',
      check: async () => ok(),
      call: async () => assert.fail('Nothing is to be sent'),
      changed: async (_trx, { status }) => void statuses.push(status),
    })
    app.container.swap(OperationHandlers, () => handlers)
    let isBroken = true
    const entered: EventEffect = {
      name: 'RaffleEnter',
      confirmed: async () => {
        if (isBroken) throw new Error('not today')
      },
    }
    const restore = withEffect(entered)
    cleanup(() => {
      restore()
      app.container.restore(OperationHandlers)
    })
    listener = await newListener()
    const entry = chain.transaction([{ from: wallet, to: NOWHERE.raffle.toLowerCase(), amount: 5n }], wallet)
    const row = await ChainWallet.findByOrFail('addressKey', wallet)
    const operation = await givenOperation(row, { status: 'awaiting_confirmations' })
    await txRow(row, { operationId: operation.id, step: 'act', kind: 'enter', hash: entry.hash })
    chain.mine([entry])
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    await operation.refresh()
    assert.equal(operation.status, 'awaiting_confirmations')

    isBroken = false
    clock.advance(MINUTE)
    await catchUp(listener)
    await operation.refresh()
    assert.equal(operation.status, 'confirmed')
    assert.deepEqual(statuses, ['confirmed'])
  })

  test('given an operation whose transaction lacks the event that it was for, then its other events confirm nothing', async ({
    assert,
    cleanup,
  }) => {
    const handlers = new OperationHandlers()
    for (const kind of ['enter', 'withdraw'] as const)
      handlers.register({
        kind,
        check: async () => ok(),
        call: async () => assert.fail('Nothing is to be sent'),
        changed: async () => {},
      })
    app.container.swap(OperationHandlers, () => handlers)
    cleanup(() => app.container.restore(OperationHandlers))
    listener = await newListener()
    chain.mine([deposit(20n)])
    const raffle = NOWHERE.raffle.toLowerCase()
    const other = await givenWallet(await newCustomerId())
    chain.mine([chain.transaction([{ from: OUTSIDE, to: other.addressKey, amount: 20n }])])
    const begun = async (row: ChainWallet, kind: 'enter' | 'withdraw', to: string) => {
      const sent = chain.transaction([{ from: row.addressKey, to, amount: 5n }])
      const operation = await givenOperation(row, { kind, status: 'awaiting_confirmations' })
      await txRow(row, { operationId: operation.id, step: 'act', kind, hash: sent.hash })
      chain.mine([sent])
      return operation
    }
    const entry = await begun(await ChainWallet.findByOrFail('addressKey', wallet), 'enter', raffle)
    const withdrawal = await begun(other, 'withdraw', OUTSIDE)
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)
    await Promise.all([entry.refresh(), withdrawal.refresh()])
    assert.lengthOf(await ChainEvent.query().whereNot('status', 'confirmed'), 0)
    assert.deepEqual([entry.status, withdrawal.status], ['awaiting_confirmations', 'confirmed'])
  })

  test('given USDT between wallets of ours and to oneself, then only what changes hands is booked and told', async ({
    assert,
  }) => {
    const otherId = await newCustomerId()
    const { addressKey: other } = await givenWallet(otherId)
    const moves = [
      { from: OUTSIDE, to: wallet, amount: 9n },
      { from: wallet, to: wallet, amount: 3n },
      { from: wallet, to: other, amount: 4n },
    ]
    chain.mine([chain.transaction(moves)])
    chain.mineEmpty(CONFIRMATIONS)
    await catchUp(listener)

    assert.equal(await balanceOf(custody(customerId)), 5n)
    assert.equal(await balanceOf(custody(otherId)), 4n)
    const notices = await Notification.query().where('template', 'deposit_received').orderBy('id')
    assert.deepEqual(
      notices.map((notice) => notice.customerId),
      [customerId, otherId]
    )
  })
})

import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { CancelWithdrawal } from '#chain/actions/cancel_withdrawal'
import { RequestWithdrawal, type WithdrawalInput } from '#chain/actions/request_withdrawal'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import type ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { OperationHandlers } from '#chain/operations/operation_handlers'
import { Operations } from '#chain/operations/operations'
import { withdrawalApprovalAbove, withdrawalDailyLimit, withdrawalsEnabled, withdrawalsPerDay } from '#chain/settings'
import { StartWithdrawals } from '#chain/ticks/start_withdrawals'
import { Treasury } from '#chain/treasury/treasury'
import type { OperationStatus } from '#chain/values'
import { WithdrawHandler } from '#chain/withdrawals/withdraw_handler'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import type Customer from '#customers/models/customer'
import { ApproveRequest } from '#staff/actions/approve_request'
import { RejectRequest } from '#staff/actions/reject_request'
import { ExpireApprovals } from '#staff/ticks/expire_approvals'
import AuditEntry from '#staff/models/audit_entry'
import { linkedAdmin, told } from '#tests/support/alerts'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { answerOtherwise, behind } from '#tests/support/chain/other_nodes'
import { customerWithWallet } from '#tests/support/chain/wallets'
import { resetDatabase } from '#tests/support/database'
import { accepted, freshKey } from '#tests/support/ledger'
import { createAdmin } from '#tests/support/staff'
import { DAY, TestClock } from '#tests/support/test_clock'

const OUTSIDE = '0x00000000000000000000000000000000000000A1'
const usdt = (whole: number) => Money.of(BigInt(whole) * 1_000_000n, 'USDT')

/** Telegram ids of admins that are no customers. */
let admins = 1

let world: EvmWorld
let clock: TestClock
let customer: Customer
let wallet: ChainWallet

async function request(changes: Partial<WithdrawalInput> = {}) {
  const action = await app.container.make(RequestWithdrawal)
  const input = { key: freshKey(), customerId: customer.id, to: OUTSIDE, amount: usdt(10), actor: SYSTEM_ACTOR }
  return action.run({ ...input, ...changes })
}

/** A customer who has USDT of their own. */
async function another() {
  const other = await customerWithWallet()
  await world.mint(other.wallet.address, 10_000_000n)
  return other.customer
}

async function cancel({ id }: ChainWithdrawal) {
  const action = await app.container.make(CancelWithdrawal)
  return action.run({ withdrawalId: id, actor: SYSTEM_ACTOR })
}

async function startWaiting() {
  const tick = await app.container.make(StartWithdrawals)
  await tick.run(new AbortController().signal)
}

/** As the sender does. */
async function move(to: OperationStatus, reason: string | null = null) {
  const operations = await app.container.make(Operations)
  const open = await ChainOperation.query().where('walletId', wallet.id).whereNull('finishedAt').firstOrFail()
  await transaction(async (trx) => operations.move(trx, (await operations.lock(trx, open.id))!, { to, reason }))
}

/** A transaction for it went out. */
async function givenTx({ operationId }: ChainWithdrawal) {
  const { chainId, addressKey: fromKey } = wallet
  await ChainTx.create({
    ...{ chainId, operationId, step: 'act', kind: 'withdraw', walletId: wallet.id, fromKey, toKey: fromKey, nonce: 0 },
    ...{ value: '0', data: '0x', gasLimit: 21_000, status: 'reverted', hash: `0x${'ab'.repeat(32)}`, createdAt: 1 },
  })
}

const statusOf = async ({ id }: ChainWithdrawal) => {
  const { status } = await ChainWithdrawal.findOrFail(id)
  return status
}

/** Consents or declines as an admin in the panel. */
async function decide({ approvalId }: ChainWithdrawal, isConsent: boolean, telegramId: number | null = ++admins) {
  const admin = await createAdmin({ email: `${freshKey()}@example.org`, role: 'finance' })
  await admin.merge({ telegramId }).save()
  const actor = { type: 'admin' as const, id: admin.id, name: admin.fullName }
  if (isConsent) {
    const approve = await app.container.make(ApproveRequest)
    return approve.handle({ approvalId: approvalId!, approverId: admin.id, actor })
  }
  const reject = await app.container.make(RejectRequest)
  return reject.handle({ approvalId: approvalId!, adminId: admin.id, note: null, actor })
}

test.group('Withdrawals', (group) => {
  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(world.chainConfig()))
  group.each.setup(async () => {
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    ;({ customer, wallet } = await customerWithWallet())
    await world.mint(wallet.address, 1_000_000_000n)
    const handlers = new OperationHandlers()
    handlers.register(await app.container.make(WithdrawHandler))
    app.container.swap(OperationHandlers, () => handlers)
    return () => app.container.restoreAll([Clock, OperationHandlers])
  })

  test('a small one is handed to the sender at once, and stands in the audit log', async ({ assert }) => {
    const withdrawal = accepted(await request())
    assert.equal(withdrawal.status, 'sending')
    const operation = await ChainOperation.findOrFail(withdrawal.operationId!)
    assert.containSubset(operation.$attributes, {
      kind: 'withdraw',
      walletId: wallet.id,
      amount: 10_000_000n,
      toKey: OUTSIDE.toLowerCase(),
      subjectType: 'chain_withdrawal',
      subjectId: withdrawal.id,
    })
    const entry = await AuditEntry.query().where('action', 'chain_withdrawal.requested').firstOrFail()
    assert.containSubset(entry.after, { to: OUTSIDE, amount: '10.000000 USDT' })
  })

  test('the call sends USDT of the wallet to the address, and is checked against the chain', async ({ assert }) => {
    const withdrawal = accepted(await request())
    const handlers = await app.container.make(OperationHandlers)
    const operation = await ChainOperation.findOrFail(withdrawal.operationId!)
    const handler = handlers.of('withdraw')
    accepted(await handler.check(operation, await world.head()))
    const { to, data } = await handler.call(operation)
    const before = await world.usdtOf(OUTSIDE)
    await world.send(wallet.address, to, data)
    assert.equal((await world.usdtOf(OUTSIDE)) - before, 10_000_000n)
  })

  test('given nodes whose latest block is older than the deposit, then the call is checked at the block that the sender knows', async ({
    cleanup,
  }) => {
    const { operationId } = accepted(await request())
    cleanup(await answerOtherwise(behind((await world.head()) - 1)))
    const handler = await app.container.make(WithdrawHandler)
    const operation = await ChainOperation.findOrFail(operationId!)
    accepted(await handler.check(operation, await world.head()))
  })

  test('given {0}, when the sender asks before it signs, then it is refused')
    .with([
      ['less USDT than wanted', 'insufficient_usdt', () => world.transfer(wallet.address, OUTSIDE, 995_000_000n)],
      ['a customer who was banned', 'customer_banned', () => customer.merge({ bannedAt: 1 }).save()],
      ['a paused USDT', 'contract_paused', () => world.act(world.owner, 'usdt', 'pause')],
      [
        'a wallet on the list of its issuer',
        'usdt_refused',
        () => world.act(world.owner, 'usdt', 'addBlackList', [wallet.address]),
      ],
    ] as const)
    .run(async ({ assert, cleanup }, [, code, spoil]) => {
      const snapshot = await world.snapshot()
      cleanup(() => world.revert(snapshot))
      const withdrawal = accepted(await request())
      await spoil()
      const handlers = await app.container.make(OperationHandlers)
      const operation = await ChainOperation.findOrFail(withdrawal.operationId!)
      const result = await handlers.of('withdraw').check(operation, await world.head())
      assert.containSubset(result, { ok: false, refusal: { code } })
    })

  test('its customer sees it go: sent, back after a reorganisation, sent again, done', async ({ assert }) => {
    const withdrawal = accepted(await request())
    for (const [to, status] of [
      ['topup', 'sending'],
      ['act', 'sending'],
      ['awaiting_confirmations', 'sent'],
      ['act', 'sending'],
      ['awaiting_confirmations', 'sent'],
      ['confirmed', 'done'],
    ] as const) {
      await move(to)
      assert.equal(await statusOf(withdrawal), status)
    }
    const done = await ChainWithdrawal.findOrFail(withdrawal.id)
    assert.isNotNull(done.finishedAt)
  })

  test('given one that failed, then its reason is kept and the limit is free again', async ({ assert }) => {
    const withdrawal = accepted(await request({ amount: usdt(200) }))
    await move('failed', 'reverted')
    const failed = await ChainWithdrawal.findOrFail(withdrawal.id)
    assert.deepEqual([failed.status, failed.reason], ['failed', 'reverted'])
    for (let count = 0; count < 5; count++) {
      accepted(await request({ amount: usdt(200) }))
      await move('confirmed')
    }
  })

  test('given a wallet that does something else, then it waits, and starts when that is over', async ({ assert }) => {
    const first = accepted(await request())
    const second = accepted(await request())
    const third = accepted(await request())
    assert.deepEqual([first.status, second.status, third.status], ['sending', 'waiting', 'waiting'])
    await startWaiting()
    assert.equal(await statusOf(second), 'waiting')

    await move('confirmed')
    await startWaiting()
    assert.equal(await statusOf(second), 'sending')
    assert.equal(await statusOf(third), 'waiting')
  })

  test('an address that must not be sent to is refused: {0}')
    .with([
      ['address_invalid', () => 'vitalik.eth'],
      ['address_checksum', () => '0xdac17F958D2ee523a2206206994597C13D831ec7'],
      ['address_zero', () => `0x${'0'.repeat(40)}`],
      ['address_own', () => wallet.address.toLowerCase()],
      ['address_usdt', () => world.usdt],
      ['address_raffle', () => world.raffle],
      ['address_contract', () => world.vrf],
    ] as const)
    .run(async ({ assert }, [code, to]) => {
      assert.containSubset(await request({ to: to() }), { ok: false, refusal: { code } })
      assert.lengthOf(await ChainWithdrawal.all(), 0)
    })

  test('neither the treasury nor another customer’s wallet is an address outside', async ({ assert }) => {
    const treasury = await app.container.make(Treasury)
    const house = await treasury.wallet()
    const other = await customerWithWallet()
    for (const to of [house.address, other.wallet.address]) {
      assert.containSubset(await request({ to }), { refusal: { code: 'address_internal' } })
    }
  })

  test('an account that lets a contract act for it is a person’s all the same', async () => {
    const account = '0x00000000000000000000000000000000000000c3'
    await world.rpc.call('anvil_setCode', [account, `0xef0100${world.usdt.slice(2)}`])
    accepted(await request({ to: account }))
  })

  test('an amount that can’t be sent is refused', async ({ assert }) => {
    assert.containSubset(await request({ amount: usdt(0) }), { refusal: { code: 'amount_not_positive' } })
    assert.containSubset(await request({ amount: usdt(-5) }), { refusal: { code: 'amount_not_positive' } })
    assert.containSubset(await request({ amount: Money.of(4_999_999n, 'USDT') }), {
      refusal: { code: 'withdrawal_too_small', params: { min: '5.000000' } },
    })
    await world.transfer(wallet.address, OUTSIDE, 990_000_000n)
    accepted(await request({ amount: usdt(6) }))
    assert.containSubset(await request({ amount: usdt(6) }), {
      refusal: { code: 'insufficient_usdt', params: { available: '4.000000', needed: '6.000000' } },
    })
  })

  test('given the limit of a day, then ten at once pass it together by nothing', async ({ assert }) => {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, withdrawalDailyLimit, '35'))
    const results = await Promise.all(Array.from({ length: 10 }, () => request()))
    assert.lengthOf(
      results.filter(({ ok }) => ok),
      3
    )
    const refused = results.find(({ ok }) => !ok)
    assert.containSubset(refused, { refusal: { code: 'withdrawal_daily_limit', params: { left: '5.000000' } } })
  })

  test('given the limit of a day, then what is not sent yet takes from it, and what was until a day after', async ({
    assert,
  }) => {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, withdrawalDailyLimit, '15'))
    accepted(await request())
    clock.advance(2 * DAY)
    const left = { refusal: { code: 'withdrawal_daily_limit', params: { left: '5.000000' } } }
    assert.containSubset(await request(), left)
    await move('confirmed')
    clock.advance(DAY - 1)
    assert.containSubset(await request(), left)
    clock.advance(1)
    accepted(await request())
  })

  test('given as many as a day has, then ten at once are no more', async ({ assert }) => {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, withdrawalsPerDay, 3))
    const results = await Promise.all(Array.from({ length: 10 }, () => request()))
    const made = results.filter(({ ok }) => ok).map((result) => accepted(result))
    assert.lengthOf(made, 3)
    const tooMany = { refusal: { code: 'withdrawals_per_day', params: { limit: 3 } } }
    for (const result of results.filter(({ ok }) => !ok)) assert.containSubset(result, tooMany)
    const other = await another()
    accepted(await request({ customerId: other.id }))

    for (let count = 0; count < 3; count++) {
      await startWaiting()
      await move('confirmed')
    }
    clock.advance(DAY - 1)
    assert.containSubset(await request(), tooMany)
    clock.advance(1)
    accepted(await request())
  })

  test('given withdrawals that came to nothing, then those count that something was sent for', async ({ assert }) => {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, withdrawalsPerDay, 1))
    accepted(await cancel(accepted(await request({ amount: usdt(500) }))))
    await decide(accepted(await request({ amount: usdt(500) })), false)
    accepted(await request())
    await move('failed', 'insufficient_usdt')
    await givenTx(accepted(await request()))
    await move('failed', 'reverted')
    assert.containSubset(await request(), { refusal: { code: 'withdrawals_per_day' } })
  })

  test('given the same request twice, then it is one; given another one under its key, then it is refused', async ({
    assert,
  }) => {
    const key = freshKey()
    const all = await Promise.all(Array.from({ length: 5 }, () => request({ key })))
    assert.lengthOf(new Set(all.map((result) => accepted(result).id)), 1)
    assert.lengthOf(await ChainOperation.all(), 1)
    assert.containSubset(await request({ key, amount: usdt(11) }), { refusal: { code: 'idempotency_conflict' } })
  })

  test('whoever may not, can’t', async ({ assert }) => {
    const settings = await app.container.make(Settings)
    assert.containSubset(await request({ customerId: 999 }), { refusal: { code: 'wallet_not_found' } })
    await customer.merge({ bannedAt: 1 }).save()
    assert.containSubset(await request(), { refusal: { code: 'customer_banned' } })
    await customer.merge({ bannedAt: null }).save()
    await transaction((trx) => settings.set(trx, withdrawalsEnabled, false))
    assert.containSubset(await request(), { refusal: { code: 'withdrawals_off' } })
    bindChain({ ...NOWHERE, chainId: world.chainId })
    assert.containSubset(await request(), { refusal: { code: 'chain_unavailable' } })
    bindChain(null)
    assert.containSubset(await request(), { refusal: { code: 'chain_off' } })
  })

  test('given a large one, then an admin is called, and it is sent once they agree', async ({ assert }) => {
    await linkedAdmin(77)
    const withdrawal = accepted(await request({ amount: usdt(500) }))
    assert.equal(withdrawal.status, 'awaiting_approval')
    assert.lengthOf(await ChainOperation.all(), 0)
    const alert = await told().where('type', 'ADMIN_ALERT').firstOrFail()
    assert.match(JSON.stringify(alert.params), /500\.00.USDT waits for an admin/)

    accepted((await decide(withdrawal, true)) as any)
    assert.equal(await statusOf(withdrawal), 'sending')
    const entry = await AuditEntry.query().where('action', 'chain_withdrawal.approved').firstOrFail()
    assert.equal(entry.actorType, 'admin')
  })

  test('given an admin’s own wish, or an admin without a Telegram account, then another admin must agree to it', async ({
    assert,
  }) => {
    const withdrawal = accepted(await request({ amount: usdt(500) }))
    assert.containSubset(await decide(withdrawal, true, customer.telegramId), { refusal: { code: 'approval_own' } })
    assert.containSubset(await decide(withdrawal, true, null), { refusal: { code: 'approval_needs_telegram' } })
    assert.equal(await statusOf(withdrawal), 'awaiting_approval')
    accepted((await decide(withdrawal, true, customer.telegramId + 1)) as any)
    assert.equal(await statusOf(withdrawal), 'sending')
  })

  test('given a large one while the wallet is busy, when an admin agrees, then it waits for its turn', async ({
    assert,
  }) => {
    accepted(await request())
    const large = accepted(await request({ amount: usdt(500) }))
    accepted((await decide(large, true)) as any)
    assert.equal(await statusOf(large), 'waiting')
    await move('confirmed')
    await startWaiting()
    assert.equal(await statusOf(large), 'sending')
  })

  test('given withdrawals switched off, then what waits is not sent and none is approved, until they are on again', async ({
    assert,
  }) => {
    accepted(await request())
    const waiting = accepted(await request())
    const large = accepted(await request({ amount: usdt(500) }))
    const settings = await app.container.make(Settings)
    const turn = (isOn: boolean) => transaction((trx) => settings.set(trx, withdrawalsEnabled, isOn))
    await turn(false)
    await move('confirmed')
    await startWaiting()
    assert.equal(await statusOf(waiting), 'waiting')
    assert.containSubset(await decide(large, true), { refusal: { code: 'withdrawals_off' } })
    assert.equal(await statusOf(large), 'awaiting_approval')

    await turn(true)
    await startWaiting()
    assert.equal(await statusOf(waiting), 'sending')
    accepted((await decide(large, true)) as any)
    assert.equal(await statusOf(large), 'waiting')
  })

  test('given withdrawals switched off, then what the sender has is held and its customer told why, until they are on again', async ({
    assert,
  }) => {
    const { operationId } = accepted(await request({ messageId: 7 }))
    const settings = await app.container.make(Settings)
    const turn = (isOn: boolean) => transaction((trx) => settings.set(trx, withdrawalsEnabled, isOn))
    const handler = await app.container.make(WithdrawHandler)
    const holds = async () => [await handler.hold(), await transaction((trx) => handler.hold(trx))]
    assert.deepEqual(await holds(), [null, null])
    await turn(false)
    assert.deepEqual(await holds(), ['withdrawals_off', 'withdrawals_off'])

    await move('needs_attention', 'withdrawals_off')
    const message = await told().where('template', 'withdrawal_progress.attention').firstOrFail()
    assert.match(JSON.stringify(message.params), /withdrawals_off/)
    const operation = await ChainOperation.findOrFail(operationId!)
    assert.isNull(operation.finishedAt)
    await turn(true)
    assert.deepEqual(await holds(), [null, null])
  })

  test('given a large one whose USDT is gone meanwhile, when an admin agrees, then it is refused', async ({
    assert,
  }) => {
    const withdrawal = accepted(await request({ amount: usdt(500) }))
    await world.transfer(wallet.address, OUTSIDE, 900_000_000n)
    assert.containSubset(await decide(withdrawal, true), { refusal: { code: 'insufficient_usdt' } })
    assert.equal(await statusOf(withdrawal), 'awaiting_approval')
  })

  test('given an admin who declines, or none who looks, then it is over and nothing was taken', async ({ assert }) => {
    const declined = accepted(await request({ amount: usdt(500) }))
    await decide(declined, false)
    const first = await ChainWithdrawal.findOrFail(declined.id)
    assert.deepEqual([first.status, first.reason], ['rejected', 'rejected'])

    const forgotten = accepted(await request({ amount: usdt(500) }))
    clock.advance(8 * DAY)
    const expire = await app.container.make(ExpireApprovals)
    await expire.run(new AbortController().signal)
    const second = await ChainWithdrawal.findOrFail(forgotten.id)
    assert.deepEqual([second.status, second.reason], ['rejected', 'expired'])
    assert.lengthOf(await ChainOperation.all(), 0)
  })

  test('what the sender does not have yet can be taken back; what it has can’t', async ({ assert }) => {
    const sending = accepted(await request())
    const waiting = accepted(await request())
    const large = accepted(await request({ amount: usdt(500) }))
    assert.containSubset(await cancel(sending), { refusal: { code: 'wrong_status', params: { status: 'sending' } } })
    for (const one of [waiting, large, large]) accepted(await cancel(one))
    assert.deepEqual([await statusOf(waiting), await statusOf(large)], ['cancelled', 'cancelled'])
    assert.containSubset(await decide(large, true), { refusal: { code: 'approval_decided' } })
    await move('confirmed')
    await startWaiting()
    assert.equal(await statusOf(waiting), 'cancelled')
  })

  test('given no amount above which an admin is needed, then each waits for one', async ({ assert }) => {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, withdrawalApprovalAbove, '0'))
    assert.equal(accepted(await request()).status, 'awaiting_approval')
  })
})

import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { CreateWallet } from '#chain/actions/create_wallet'
import ChainCursor from '#chain/models/chain_cursor'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import type ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { Operations } from '#chain/operations/operations'
import {
  withdrawalApprovalAbove,
  withdrawalDailyLimit,
  withdrawalMinimum,
  withdrawalsEnabled,
  withdrawalsPerDay,
} from '#chain/settings'
import type { OperationStatus } from '#chain/values'
import { parseJson } from '#core/database/columns'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import { followConfirmations } from '#bot/raffle/follow_tick'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { customerWithWallet } from '#tests/support/chain/wallets'
import { resetDatabase } from '#tests/support/database'
import { valueOf } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)
const OUTSIDE = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const BORIS = { ...ANNA, id: 6_000_000_002, username: 'boris' }
const MESSAGE = 1

test.group('Bot: withdrawing USDT', (group) => {
  let world: EvmWorld
  let bot: TestBot
  let anna: Customer
  let wallet: ChainWallet

  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(world.chainConfig({ confirmations: 12 })))
  group.each.setup(async () => {
    bot = await startTestBot()
    anna = await CustomerFactory.merge({ telegramId: ANNA.id, username: ANNA.username }).create()
    const create = await app.container.make(CreateWallet)
    wallet = valueOf(await create.run({ customerId: anna.id, actor: SYSTEM_ACTOR }))
  })

  async function set<T>(definition: SettingDefinition<T>, value: T) {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }

  const givenUsdt = (whole: number) => world.mint(wallet.address, BigInt(whole) * 1_000_000n)

  /** From the wallet to the question how much. */
  async function givenAddress(address = OUTSIDE) {
    const shown = screenOf(await bot.press('1:wallet'))
    await bot.press(shown.data('Withdraw'))
    return bot.say(address)
  }

  /** From the wallet to the second confirmation. */
  async function givenSure(amount: string) {
    await givenAddress()
    const check = screenOf(await bot.say(amount))
    return screenOf(await bot.press(check.data('Everything is right')))
  }

  /** As the sender moves it. */
  async function move(to: OperationStatus, reason: string | null = null) {
    const operations = await app.container.make(Operations)
    const { id } = await ChainOperation.query().whereNull('finishedAt').firstOrFail()
    await transaction(async (trx) => {
      const operation = await operations.lock(trx, id)
      await operations.move(trx, operation!, { to, reason })
    })
  }

  /** The withdrawal's transaction stands in that block. */
  async function givenMined(blockNumber: number) {
    const { id: operationId } = await ChainOperation.firstOrFail()
    const hash = `0x${'ab'.repeat(32)}`
    await ChainTx.create({
      chainId: world.chainId,
      operationId,
      step: 'act',
      kind: 'withdraw',
      walletId: wallet.id,
      fromKey: wallet.addressKey,
      toKey: OUTSIDE.toLowerCase(),
      nonce: 0,
      value: '0',
      data: '0x',
      gasLimit: 21_000,
      status: 'mined',
      hash,
      blockNumber,
      createdAt: 1,
    })
  }

  const givenHead = (head: number) =>
    ChainCursor.updateOrCreate(
      { chainId: world.chainId, stream: 'test' },
      { blockNumber: head, head, confirmedBlock: 0, updatedAt: 1 }
    )

  /** What the message has become, in order. */
  async function edits() {
    const rows = await db.from('notifications').where({ customer_id: anna.id, operation: 'edit' }).orderBy('id')
    return rows.map(({ template, target_message_id: message }) => {
      if (message !== MESSAGE) throw new Error(`Message ${message} was edited`)
      return String(template).split('.')[1]
    })
  }

  test('given USDT, when withdrawn, then it is asked where to, how much and twice whether that is right', async ({
    assert,
  }) => {
    await givenUsdt(50)
    const shown = screenOf(await bot.press('1:wallet'))
    const where = screenOf(await bot.press(shown.data('Withdraw')))
    assert.include(seen(where.text), 'up to <b>50 USDT</b>')
    assert.include(where.text, 'Kontora test network')
    const amount = screenOf(await bot.say(OUTSIDE.toLowerCase()))
    assert.include(amount.text, `<code>${OUTSIDE}</code>`)
    assert.include(seen(amount.text), 'from 5 USDT to 50 USDT')

    const check = screenOf(await bot.say('12,5 usdt'))
    assert.include(seen(check.text), 'You withdraw: <b>12.50 USDT</b>')
    assert.include(seen(check.text), 'Will arrive: <b>12.50 USDT</b>')
    assert.include(check.text, 'Fee: none')
    assert.include(check.text, OUTSIDE)
    assert.notInclude(check.text, 'looked at by a person')
    const sure = screenOf(await bot.press(check.data('Everything is right')))
    assert.include(sure.text, 'can’t be brought back')
    assert.include(sure.text, OUTSIDE)
    assert.isNull(await ChainWithdrawal.first())

    const sent = screenOf(await bot.press(sure.data('Send 12.50')))
    const withdrawal = await ChainWithdrawal.firstOrFail()
    assert.containSubset(withdrawal.$attributes, {
      customerId: anna.id,
      toAddress: OUTSIDE,
      amount: 12_500_000n,
      status: 'sending',
      messageId: MESSAGE,
    })
    assert.equal(sent.method, 'editMessageText')
    assert.include(sent.text, withdrawal.reference)
    assert.include(textOf(await bot.say('/start')), 'Welcome back')
  })

  test('given the last confirmation, when tapped twice, then one withdrawal is made and both show it', async ({
    assert,
  }) => {
    await givenUsdt(50)
    const sure = await givenSure('10')
    await bot.press(sure.data('Send 10'))
    const again = textOf(await bot.press(sure.data('Send 10')))
    const [withdrawal, ...others] = await ChainWithdrawal.all()
    assert.isEmpty(others)
    assert.include(again, withdrawal.reference)
    assert.lengthOf(await ChainOperation.all(), 1)
  })

  test('given the first confirmation, when tapped twice, then the second one is asked again and still sends', async ({
    assert,
  }) => {
    await givenUsdt(50)
    await givenAddress()
    const check = screenOf(await bot.say('10'))
    await bot.press(check.data('Everything is right'))
    const again = await bot.press(check.data('Everything is right'))
    assert.notInclude(toastOf(again) ?? '', 'no longer there')
    const sure = screenOf(again)
    assert.include(sure.text, 'can’t be brought back')
    await bot.press(sure.data('Send 10'))
    assert.lengthOf(await ChainWithdrawal.all(), 1)
  })

  test('given everything, when chosen, then all that is there goes', async ({ assert }) => {
    await givenUsdt(50)
    const amount = screenOf(await givenAddress())
    assert.include(textOf(await bot.press(amount.data('Everything: 50'))), 'You withdraw: <b>50 USDT</b>')
  })

  test('given an address that is {what}, when sent, then it says what is wrong and waits for another one')
    .with([
      { what: 'no address', address: () => 'my wallet', words: 'no address of the network Kontora test network' },
      { what: 'too short', address: () => OUTSIDE.slice(0, -1), words: 'no address' },
      { what: 'mistyped', address: () => OUTSIDE.replace('aA', 'AA'), words: 'don’t fit together' },
      { what: 'zero', address: () => `0x${'0'.repeat(40)}`, words: 'Nobody has that address' },
      { what: 'their own', address: () => wallet.address, words: 'this very wallet' },
      { what: 'the contract of USDT', address: () => world.usdt, words: 'contract of USDT itself' },
      { what: 'the raffle', address: () => world.raffle, words: 'contract of the raffle' },
      { what: 'another contract', address: () => world.vrf, words: 'A smart contract has that address' },
    ])
    .run(async ({ assert }, { address, words }) => {
      await givenUsdt(50)
      assert.include(textOf(await givenAddress(address())), words)
      assert.include(textOf(await bot.say(OUTSIDE)), 'How much?')
    })

  test('given the address of another customer, when sent, then an outside one is asked for', async ({ assert }) => {
    await givenUsdt(50)
    const other = await customerWithWallet()
    assert.include(textOf(await givenAddress(other.wallet.address)), 'one of our own wallets')
  })

  test('given "{amount}" as the amount, when written, then it says what is wrong')
    .with([
      { amount: 'much', words: 'can’t read that as an amount' },
      { amount: '-5', words: 'can’t read that' },
      { amount: '0', words: 'too little: the least is 5 USDT' },
      { amount: '4.999999', words: 'too little' },
      { amount: '1,000', words: 'not sure what that means' },
      { amount: '5.0000001', words: 'six decimals at most' },
      { amount: '50.000001', words: 'more than you can withdraw: 50 USDT' },
      { amount: '99999999999999999999', words: 'more than you can withdraw' },
    ])
    .run(async ({ assert }, { amount, words }) => {
      await givenUsdt(50)
      await givenAddress()
      assert.include(textOf(await bot.say(amount)), words)
      assert.include(textOf(await bot.say('50')), 'Please check')
    })

  test('given a wallet that is empty or has too little, when opened, then it says so', async ({ assert }) => {
    assert.include(textOf(await bot.press('1:withdraw')), 'nothing in your wallet')
    await givenUsdt(3)
    assert.include(textOf(await bot.press('1:withdraw')), 'least withdrawal is 5 USDT, and there are 3 USDT')
  })

  test('given a limit, when it is passed, then what is left of it is told', async ({ assert }) => {
    await set(withdrawalDailyLimit, '30')
    await givenUsdt(100)
    const sure = await givenSure('20')
    await bot.press(sure.data('Send'))
    const amount = screenOf(await givenAddress())
    assert.include(seen(amount.text), 'from 5 USDT to 10 USDT')
    assert.include(textOf(await bot.say('11')), 'limit for 24 hours is 30 USDT, and 10 USDT of it are left')

    await set(withdrawalMinimum, '15')
    assert.include(textOf(await bot.press('1:withdraw')), 'The limit for 24 hours, 30 USDT, is used up')
  })

  test('given as many as a day has, when another is asked for or confirmed, then it says so', async ({ assert }) => {
    await set(withdrawalsPerDay, 2)
    await givenUsdt(100)
    const first = await givenSure('10')
    await bot.press(first.data('Send'))
    const second = await givenSure('10')
    await set(withdrawalsPerDay, 1)
    const calls = await bot.press(second.data('Send'))
    assert.include(toastOf(calls)!, 'as many withdrawals as you may')
    assert.include(textOf(calls), 'You can withdraw 1 time in 24 hours')
    assert.include(textOf(await bot.press('1:withdraw')), 'You can withdraw 1 time in 24 hours')
    assert.lengthOf(await ChainWithdrawal.all(), 1)
  })

  test('given a limit that was lowered meanwhile, when confirmed, then nothing goes and the amount is asked again', async ({
    assert,
  }) => {
    await givenUsdt(100)
    const sure = await givenSure('60')
    await set(withdrawalDailyLimit, '30')
    const calls = await bot.press(sure.data('Send'))
    assert.include(toastOf(calls)!, 'left of your limit')
    assert.include(textOf(calls), 'How much?')
    assert.isNull(await ChainWithdrawal.first())
  })

  test('given money that went elsewhere meanwhile, when confirmed, then nothing goes and the rest is told', async ({
    assert,
  }) => {
    await givenUsdt(20)
    const sure = await givenSure('20')
    await world.transfer(wallet.address, OUTSIDE, 5_000_000n)
    const calls = await bot.press(sure.data('Send'))
    assert.include(toastOf(calls)!, 'less in your wallet')
    assert.include(textOf(calls), 'to 15 USDT')
    assert.isNull(await ChainWithdrawal.first())
  })

  test('given a large amount, when confirmed, then a person decides and it can be cancelled until then', async ({
    assert,
  }) => {
    await set(withdrawalApprovalAbove, '40')
    await givenUsdt(50)
    await givenAddress()
    const check = screenOf(await bot.say('45'))
    assert.include(seen(check.text), 'above 40 USDT are looked at by a person')
    const sure = screenOf(await bot.press(check.data('Everything is right')))
    const asked = screenOf(await bot.press(sure.data('Send')))
    assert.include(asked.text, 'looked at by a person first')
    const cancelled = screenOf(await bot.press(asked.data('Cancel')))
    assert.include(cancelled.text, 'is cancelled')
    const withdrawal = await ChainWithdrawal.firstOrFail()
    assert.equal(withdrawal.status, 'cancelled')

    const shown = screenOf(await bot.press('1:wallet'))
    assert.notInclude(shown.labels, '⏳ My withdrawal')
  })

  test('given a withdrawal that goes out, when it goes on, then its one message shows each step', async ({
    assert,
  }) => {
    await givenUsdt(50)
    const sure = await givenSure('10')
    await bot.press(sure.data('Send'))
    for (const status of ['topup', 'act', 'awaiting_confirmations', 'confirmed'] as const) await move(status)
    assert.deepEqual(await edits(), ['sending', 'gas', 'sending', 'confirming', 'done'])
  })

  test('given a withdrawal in a block, when blocks come upon it, then they are counted in its message', async ({
    assert,
  }) => {
    await givenUsdt(50)
    const sure = await givenSure('10')
    await bot.press(sure.data('Send'))
    await move('awaiting_confirmations')
    await givenMined(100)
    const tick = followConfirmations(app.container)
    for (const head of [101, 101, 103]) {
      await givenHead(head)
      await tick.run(new AbortController().signal)
    }
    const rows = await db.from('notifications').where('template', 'withdrawal_progress.confirming').orderBy('id')
    assert.deepEqual(
      rows.map(({ params }) => parseJson<{ count: number }>(params).count),
      [0, 2, 4]
    )
  })

  test('given a withdrawal on its way, when the wallet is opened, then it leads there and can’t be cancelled', async ({
    assert,
  }) => {
    await givenUsdt(50)
    const sure = await givenSure('10')
    await bot.press(sure.data('Send'))
    const { reference } = await ChainWithdrawal.firstOrFail()
    const shown = screenOf(await bot.press('1:wallet'))
    assert.include(shown.text, 'A withdrawal is on its way')
    const page = screenOf(await bot.press(shown.data('My withdrawal')))
    assert.include(page.text, reference)
    assert.notInclude(page.labels.join(), 'Cancel')
    assert.include(toastOf(await bot.press(`1:cancel_withdrawal:${reference}`))!, 'can’t be cancelled')
    for (const data of ['withdrawal', 'cancel_withdrawal']) {
      assert.include(toastOf(await bot.press(`1:${data}:${reference}`, BORIS))!, 'leads nowhere')
    }
  })

  test('given a confirmation of long ago, when pressed, then nothing goes and it begins anew', async ({ assert }) => {
    await givenUsdt(50)
    await givenAddress()
    const check = screenOf(await bot.say('10'))
    const other = screenOf(await bot.say('20'))
    assert.include(toastOf(await bot.press(check.data('Everything is right')))!, 'no longer there')
    await givenAddress()
    assert.include(toastOf(await bot.press(other.data('Everything is right')))!, 'no longer there')
    assert.include(toastOf(await bot.press('1:withdraw_send:12345'))!, 'no longer there')
    assert.include(toastOf(await bot.press('1:withdraw_all'))!, 'no longer there')
    assert.isNull(await ChainWithdrawal.first())
  })

  test('given the first confirmation alone, when the second is forged, then nothing goes', async ({ assert }) => {
    await givenUsdt(50)
    await givenAddress()
    const check = screenOf(await bot.say('10'))
    const forged = check.data('Everything is right').replace('withdraw_check', 'withdraw_send')
    assert.include(toastOf(await bot.press(forged))!, 'no longer there')
    assert.isNull(await ChainWithdrawal.first())
  })

  test('given an interrupted withdrawal, when /start, then it is offered to go on', async ({ assert }) => {
    await givenUsdt(50)
    await givenAddress()
    const offer = screenOf(await bot.say('/start'))
    assert.include(offer.text, 'a withdrawal of USDT')
    assert.include(textOf(await bot.press(offer.data('Go on'))), 'How much?')
  })

  test('given withdrawals switched off, when asked for, then it says so and nothing goes', async ({ assert }) => {
    await givenUsdt(50)
    const sure = await givenSure('10')
    await set(withdrawalsEnabled, false)
    assert.include(toastOf(await bot.press(sure.data('Send')))!, 'switched off')
    bot.settings.set(withdrawalsEnabled, false)
    assert.include(toastOf(await bot.press('1:withdraw'))!, 'switched off')
    bindChain(null)
    assert.include(toastOf(await bot.press('1:withdraw'))!, 'switched off')
    assert.isNull(await ChainWithdrawal.first())
  })

  test('given no node that answers, when asked for, then it says so and nothing goes', async ({ assert }) => {
    await givenUsdt(50)
    const sure = await givenSure('10')
    bindChain(NOWHERE)
    assert.include(toastOf(await bot.press('1:withdraw'))!, 'does not answer')
    bindChain(world.chainConfig())
    const again = await givenSure('10')
    bindChain(NOWHERE)
    assert.include(toastOf(await bot.press(again.data('Send')))!, 'does not answer')
    assert.include(toastOf(await bot.press(sure.data('Send')))!, 'no longer there')
    assert.isNull(await ChainWithdrawal.first())
  })

  test('given a customer without a wallet, when they withdraw, then they hear it', async ({ assert }) => {
    assert.include(toastOf(await bot.press('1:withdraw', BORIS))!, 'no wallet yet')
  })

  test('given a customer who is banned meanwhile, when they confirm, then nothing goes', async ({ assert }) => {
    await givenUsdt(50)
    const sure = await givenSure('10')
    await Customer.query().where('id', anna.id).update({ bannedAt: 1, banReason: 'Fraud' })
    assert.include(toastOf(await bot.press(sure.data('Send')))!, 'access to this bot is closed')
    assert.isNull(await ChainWithdrawal.first())
  })
})

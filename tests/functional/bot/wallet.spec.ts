import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { InputFile } from 'grammy'
import ChainWallet from '#chain/models/chain_wallet'
import { chainEnabled, withdrawalsEnabled } from '#chain/settings'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import type Customer from '#customers/models/customer'
import { custody, system } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { givenOperation, givenWallet } from '#tests/support/chain/given'
import { resetDatabase } from '#tests/support/database'
import { money, valueOf } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: wallet', (group) => {
  let world: EvmWorld
  let bot: TestBot
  let anna: Customer

  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(world.chainConfig()))
  group.each.setup(async () => {
    bot = await startTestBot()
    anna = await CustomerFactory.merge({ telegramId: ANNA.id, username: ANNA.username }).create()
  })

  async function set<T>(definition: SettingDefinition<T>, value: T) {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }

  /** Our books have so much of the wallet. */
  async function givenConfirmed(amount: string) {
    const ledger = await app.container.make(Ledger)
    const postings = [{ from: system('clearing:evm', 'USDT'), to: custody(anna.id), amount: money(amount, 'USDT') }]
    const actor = { type: 'system' as const, id: null, name: 'test' }
    const deposit = { kind: 'deposit' as const, key: 'test:deposit', postings, actor }
    valueOf(await transaction((trx) => ledger.transfer(trx, deposit)))
  }

  test('given no wallet, when opened twice, then one is made and its address can be copied', async ({ assert }) => {
    const screen = screenOf(await bot.press('1:wallet'))
    await bot.press('1:wallet')
    const [wallet, ...others] = await ChainWallet.all()
    assert.isEmpty(others)
    assert.equal(wallet.customerId, anna.id)
    assert.include(screen.text, `<code>${wallet.address}</code>`)
    assert.include(seen(screen.text), 'You have: <b>0 USDT</b>')
    assert.include(screen.text, 'Network: <b>Kontora test network</b>')
    assert.equal(screen.method, 'editMessageText')
    assert.deepEqual(screen.labels, [
      '📥 Top up (QR code)',
      '📤 Withdraw',
      '🎟 Raffle',
      '🧾 History',
      '⬅️ Back',
      '🏠 Home',
    ])
  })

  test('given USDT that is not confirmed yet, when opened, then both sums are told', async ({ assert }) => {
    await bot.press('1:wallet')
    const { address } = await ChainWallet.firstOrFail()
    await world.mint(address, 12_500_000n)
    await givenConfirmed('10')
    const text = textOf(await bot.press('1:wallet'))
    assert.include(text, 'You have: <b>12.50 USDT</b>')
    assert.include(text, 'Not confirmed yet: 2.50 USDT')
  })

  test('given less on the chain than in our books, when opened, then what leaves is told', async ({ assert }) => {
    const wallet = await givenWallet(anna.id)
    await givenOperation(wallet)
    await givenConfirmed('10')
    const text = textOf(await bot.press('1:wallet'))
    assert.include(text, 'On its way out: 10 USDT')
    assert.include(text, 'An entry into the raffle is on its way')
  })

  test('given no node that answers, when opened, then the confirmed sum and the address are there', async ({
    assert,
  }) => {
    bindChain(NOWHERE)
    await givenWallet(anna.id)
    await givenConfirmed('10')
    const text = textOf(await bot.press('1:wallet'))
    assert.include(text, 'Confirmed: <b>10 USDT</b>')
    assert.include(text, 'does not answer at the moment')
  })

  test('given the QR code, when asked for, then it is a picture with address, network and warning', async ({
    assert,
  }) => {
    const wallet = screenOf(await bot.press('1:wallet'))
    const calls = await bot.press(wallet.data('QR code'))
    const { address } = await ChainWallet.firstOrFail()
    const { payload } = calls.find(({ method }) => method === 'sendPhoto')!
    assert.instanceOf(payload.photo, InputFile)
    const bytes = Buffer.from(await payload.photo.toRaw())
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG')
    assert.include(payload.caption, `<code>${address}</code>`)
    assert.include(payload.caption, `<code>${world.usdt}</code>`)
    assert.include(payload.caption, '<b>only USDT</b> and <b>only on the network Kontora test network</b>')
    const [[back]] = payload.reply_markup.inline_keyboard
    assert.equal(screenOf(await bot.press(back.callback_data)).method, 'sendMessage')
  })

  test('given wallets switched off, when opened, then none is made and what exists is still shown', async ({
    assert,
  }) => {
    await set(chainEnabled, false)
    assert.include(textOf(await bot.press('1:wallet')), 'switched off')
    assert.isNull(await ChainWallet.first())
    const { address } = await givenWallet(anna.id)
    bot.settings.set(chainEnabled, false)
    const off = screenOf(await bot.press('1:wallet'))
    assert.include(off.text, address)
    assert.include(off.text, 'switched off')
    assert.deepEqual(off.labels, ['🧾 History', '⬅️ Back', '🏠 Home'])

    bot.settings.set(chainEnabled, true)
    bot.settings.set(withdrawalsEnabled, false)
    assert.notInclude(screenOf(await bot.press('1:wallet')).labels, '📤 Withdraw')
    bindChain(null)
    assert.include(textOf(await bot.press('1:wallet')), 'switched off')
    assert.include(textOf(await bot.press('1:wallet_deposit')), 'switched off')
  })

  test('given a banned customer, when they ask for a wallet, then they hear it and none is made', async ({
    assert,
  }) => {
    await anna.merge({ bannedAt: 1, banReason: 'Fraud' }).save()
    assert.include(toastOf(await bot.press('1:wallet'))!, 'access to this bot is closed')
    assert.isNull(await ChainWallet.first())
  })
})

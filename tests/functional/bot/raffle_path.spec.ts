import { test } from '@japa/runner'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import type Customer from '#customers/models/customer'
import RaffleEntry from '#raffles/models/raffle_entry'
import { statisticsData } from '#bot/screens/screen_data'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, type ApiCall, type TestBot } from '#tests/support/bot'
import { RaffleWorld } from '#tests/support/chain/raffle_world'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)
const OUTSIDE = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'

test.group('Bot: the whole way with the chain', (group) => {
  let world: RaffleWorld
  let bot: TestBot
  let anna: Customer

  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.setup(async () => {
    bot = await startTestBot()
    bot.clock.moveTo(world.clock.now())
    anna = await CustomerFactory.merge({ telegramId: ANNA.id, username: ANNA.username }).create()
  })

  async function deposit(usdt: bigint) {
    const wallet = await world.wallet(anna)
    await world.evm.mint(wallet.address, usdt * 1_000_000n)
    await world.settle()
    bot.clock.moveTo(world.clock.now())
  }

  async function enter() {
    await bot.press(screenOf(await bot.say('/raffle')).data('Enter for 5'))
    const entry = await RaffleEntry.query().orderBy('id', 'desc').firstOrFail()
    await world.untilStatus(entry, 'confirmed')
    await world.untilQuiet()
    bot.clock.moveTo(world.clock.now())
    return entry
  }

  test('given USDT that arrives, when the customer enters, wins and withdraws, then each step is told and shown', async ({
    assert,
  }) => {
    assert.include(textOf(await bot.press('1:wallet')), 'You have: <b>0 USDT</b>')
    await deposit(12n)
    assert.include(textOf(await bot.press('1:wallet')), 'You have: <b>12 USDT</b>')

    const entry = await enter()
    const round = textOf(await bot.say('/raffle'))
    assert.include(round, 'You are in this round')
    assert.include(round, 'In the pool: <b>5 USDT</b>')
    assert.include(textOf(await bot.press(`1:raffle_entry:${entry.reference}`)), entry.txHash!)

    await world.evm.fulfil(await world.evm.requestDraw())
    await world.settle()
    assert.include(textOf(await bot.press('1:raffle_winners')), 'that was you!')
    assert.include(textOf(await bot.press(statisticsData.pack({}))), 'Raffle winnings: <b>5 USDT</b>')
    assert.include(textOf(await bot.press('1:wallet')), 'You have: <b>12 USDT</b>')

    await bot.press('1:withdraw')
    const amount = screenOf(await bot.say(OUTSIDE))
    const check = screenOf(await bot.press(amount.data('Everything: 12')))
    const sure = screenOf(await bot.press(check.data('Everything is right')))
    await bot.press(sure.data('Send 12'))
    const withdrawal = await ChainWithdrawal.firstOrFail()
    await world.until(async () => {
      await withdrawal.refresh()
      return withdrawal.status === 'done'
    })
    assert.equal(await world.evm.usdtOf(OUTSIDE), 12_000_000n)
    assert.include(textOf(await bot.press('1:wallet')), 'You have: <b>0 USDT</b>')

    const told = await world.told(anna)
    assert.includeMembers(told, [
      'send deposit_received',
      'edit raffle_progress.in',
      'send raffle_news.won',
      'edit withdrawal_progress.done',
    ])
    assert.isTrue(told.every((what) => what.startsWith('edit') || /deposit_received|raffle_news/.test(what)))
  })

  test('given what moved on the chain, when the history is opened, then each line leads to what it was for', async ({
    assert,
  }) => {
    await deposit(12n)
    const entry = await enter()
    const list = screenOf(await bot.say('/history'))
    const deposited = screenOf(await bot.press(list.data('Deposit')))
    assert.include(deposited.text, 'What for: your USDT wallet')
    assert.match(deposited.text, /Transaction: <code>0x[0-9a-f]{64}<\/code>/)
    assert.include(textOf(await bot.press(deposited.data('USDT wallet'))), 'USDT wallet')

    const entered = screenOf(await bot.press(list.data('Raffle entry')))
    assert.include(entered.text, `What for: raffle, entry ${entry.reference}`)
    assert.include(entered.text, entry.txHash!)
    assert.include(textOf(await bot.press(entered.data('Open the entry'))), entry.reference)
  })
})

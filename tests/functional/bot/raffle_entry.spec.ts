import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { CreateWallet } from '#chain/actions/create_wallet'
import ChainCursor from '#chain/models/chain_cursor'
import ChainOperation from '#chain/models/chain_operation'
import type ChainWallet from '#chain/models/chain_wallet'
import { Operations, type Move } from '#chain/operations/operations'
import type { OperationStatus } from '#chain/values'
import { parseJson } from '#core/database/columns'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import Raffle from '#raffles/models/raffle'
import RaffleEntry from '#raffles/models/raffle_entry'
import { rafflesEnabled } from '#raffles/settings'
import { paymentsPerMinute } from '#bot/bot_settings'
import { followConfirmations } from '#bot/raffle/follow_tick'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { givenOperation, givenPlayer, givenRound } from '#tests/support/chain/given'
import { resetDatabase } from '#tests/support/database'
import { valueOf } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)
const FEE = 5_000_000n
const MESSAGE = 1

test.group('Bot: entering the raffle', (group) => {
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
    wallet = valueOf(await create.run({ customerId: anna.id, actor: { type: 'system', id: null, name: 'test' } }))
    await givenRound({ entranceFee: FEE })
    const before = await world.snapshot()
    return () => world.revert(before)
  })

  async function set<T>(definition: SettingDefinition<T>, value: T) {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }

  const enterButton = async () => screenOf(await bot.say('/raffle')).data('Enter for')

  /** As the sender moves it. */
  async function move(to: OperationStatus, facts: Omit<Move, 'to'> = {}) {
    const operations = await app.container.make(Operations)
    const { id } = await ChainOperation.firstOrFail()
    await transaction(async (trx) => {
      const operation = await operations.lock(trx, id)
      await operations.move(trx, operation!, { to, ...facts })
    })
  }

  /** Edits that the message is owed, in order. */
  async function edits() {
    const rows = await db.from('notifications').where('customer_id', anna.id).orderBy('id')
    return rows.map((row) => ({
      step: String(row.template).split('.')[1],
      message: row.target_message_id,
      params: parseJson<Record<string, unknown>>(row.params),
    }))
  }

  const tick = followConfirmations(app.container)
  const count = () => tick.run(new AbortController().signal)
  const givenHead = (head: number) =>
    ChainCursor.updateOrCreate(
      { chainId: world.chainId, stream: 'test' },
      { blockNumber: head, head, confirmedBlock: 0, updatedAt: 1 }
    )

  test('given the fee in the wallet, when tapped twice, then there is one entry and both show it', async ({
    assert,
  }) => {
    await world.mint(wallet.address, FEE)
    const enter = await enterButton()
    const first = screenOf(await bot.press(enter))
    const again = screenOf(await bot.press(enter))
    const [entry, ...others] = await RaffleEntry.all()
    assert.isEmpty(others)
    assert.containSubset(entry.$attributes, { status: 'pending', source: 'bot', messageId: MESSAGE, fee: FEE })
    for (const screen of [first, again]) {
      assert.equal(screen.method, 'editMessageText')
      assert.include(screen.text, entry.reference)
      assert.include(screen.text, 'Step 1 of 5')
      assert.isTrue(screen.buttons.every(({ callback_data: data }) => data!.startsWith('1n:')))
    }
    assert.lengthOf(await ChainOperation.all(), 1)
  })

  test('given an entry, when it goes on, then its one message is edited with each step', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    await bot.press(await enterButton())
    for (const status of ['topup', 'approve', 'act', 'awaiting_confirmations'] as const) await move(status)
    const told = await edits()
    assert.deepEqual(
      told.map(({ step }) => step),
      ['waiting', 'gas', 'approve', 'entering', 'confirming']
    )
    assert.isTrue(told.every(({ message }) => message === MESSAGE))
  })

  test('given an entry in a block, when blocks come upon it, then they are counted in its message', async ({
    assert,
  }) => {
    await world.mint(wallet.address, FEE)
    await bot.press(await enterButton())
    await RaffleEntry.query().update({ status: 'seen', blockNumber: 100 })
    for (const head of [101, 101, 103]) {
      await givenHead(head)
      await count()
    }
    const counts = await edits()
    assert.deepEqual(
      counts.slice(1).map(({ params }) => [params.count, params.needed]),
      [
        [2, 12],
        [4, 12],
      ]
    )
    const page = screenOf(await bot.press(screenOf(await bot.say('/raffle')).data('under way')))
    assert.include(seen(page.text), '<b>4 of 12</b>')
  })

  test('given an entry that failed because of {reason}, then its message says why and what to do')
    .with([
      { reason: 'insufficient_usdt', words: 'not enough USDT' },
      { reason: 'raffle_not_open', words: 'drawing its winner' },
      { reason: 'raffle_paused', words: 'stands still' },
      { reason: 'reverted', words: 'network refused it' },
    ])
    .run(async ({ assert }, { reason, words }) => {
      await world.mint(wallet.address, FEE)
      await bot.press(await enterButton())
      await move('failed', { reason })
      const told = await edits()
      const { step, params } = told.at(-1)!
      assert.equal(step, 'failed')
      const html = bot.deps.texts.html('en', 'notifications.raffle_progress.failed', params as any)
      assert.include(html, words)
      assert.include(html, 'The fee was not taken')
      assert.include(await enterButton(), '1:raffle_enter:')
    })

  test('given a treasury that is empty, then the message says that it goes on by itself', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    await bot.press(await enterButton())
    await move('needs_attention', { reason: 'treasury_empty' })
    const told = await edits()
    const { step, params } = told.at(-1)!
    assert.equal(step, 'attention')
    const html = bot.deps.texts.html('en', 'notifications.raffle_progress.attention', params as any)
    assert.include(html, 'can’t pay the network’s fee')
    assert.include(html, 'your USDT is safe')
  })

  test('given too little USDT, when tapped, then what is missing is told with the way to top up', async ({
    assert,
  }) => {
    await world.mint(wallet.address, 1_500_000n)
    const short = screenOf(await bot.press(await enterButton()))
    assert.include(seen(short.text), 'Missing: <b>3.50 USDT</b>')
    const photo = await bot.press(short.data('QR code'))
    assert.include(photo.find(({ method }) => method === 'sendPhoto')!.payload.caption, wallet.address)
    assert.isNull(await RaffleEntry.first())
  })

  test('given a fee that changed since, when tapped, then the new one is asked for first', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    await Raffle.query().update({ entranceFee: 1_000_000n })
    const changed = screenOf(await bot.press(await enterButton()))
    assert.include(seen(changed.text), 'costs <b>5 USDT</b> now')
    assert.isNull(await RaffleEntry.first())
    await bot.press(changed.data('Enter for 5'))
    const entry = await RaffleEntry.firstOrFail()
    assert.equal(entry.fee, FEE)
  })

  test('given a contract that is paused, when tapped, then nothing is taken and it says so', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    await world.act(world.owner, 'raffle', 'setPaused', [true])
    assert.include(toastOf(await bot.press(await enterButton()))!, 'stands still')
    assert.isNull(await RaffleEntry.first())
  })

  test('given a draw that has begun, when tapped, then the next round is awaited', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    const enter = await enterButton()
    await world.enterAs('0x00000000000000000000000000000000000000e1')
    await world.requestDraw()
    assert.include(toastOf(await bot.press(enter))!, 'being drawn right now')
    assert.isNull(await RaffleEntry.first())
  })

  test('given an old screen, when its button is pressed during another entry, then it leads to that one', async ({
    assert,
  }) => {
    await world.mint(wallet.address, 2n * FEE)
    const [one, other] = [await enterButton(), await enterButton()]
    await bot.press(one)
    const calls = await bot.press(other)
    assert.include(toastOf(calls)!, 'one tap is enough')
    const { reference } = await RaffleEntry.firstOrFail()
    assert.include(textOf(await bot.press(screenOf(calls).data('under way'))), reference)
    assert.lengthOf(await RaffleEntry.all(), 1)
  })

  test('given a customer who is in already, when an old screen is pressed, then they hear it', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    const enter = await enterButton()
    await givenPlayer(await Raffle.firstOrFail(), { customerId: anna.id })
    assert.include(toastOf(await bot.press(enter))!, 'in this round already')
  })

  test('given a wallet that withdraws, when tapped, then its turn is awaited', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    await givenOperation(wallet, { kind: 'withdraw', status: 'act' })
    assert.include(toastOf(await bot.press(await enterButton()))!, 'busy with something else')
    assert.isNull(await RaffleEntry.first())
  })

  test('given no node that answers, when tapped, then nothing is taken and it says so', async ({ assert }) => {
    bindChain(NOWHERE)
    assert.include(toastOf(await bot.press(await enterButton()))!, 'does not answer')
    assert.isNull(await RaffleEntry.first())
  })

  test('given a raffle switched off meanwhile, when tapped, then nobody enters', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    const enter = await enterButton()
    await set(rafflesEnabled, false)
    assert.include(toastOf(await bot.press(enter))!, 'switched off')
    assert.isNull(await RaffleEntry.first())
  })

  test('given a customer who is banned meanwhile, when they tap, then nobody enters', async ({ assert }) => {
    await world.mint(wallet.address, FEE)
    const enter = await enterButton()
    await Customer.query().where('id', anna.id).update({ bannedAt: 1, banReason: 'Fraud' })
    assert.include(toastOf(await bot.press(enter))!, 'access to this bot is closed')
    assert.isNull(await RaffleEntry.first())
  })

  test('given too many attempts, when tapped again, then the wait is told', async ({ assert }) => {
    bot.settings.set(paymentsPerMinute, 1)
    await bot.press(await enterButton())
    await world.mint(wallet.address, FEE)
    assert.include(toastOf(await bot.press(await enterButton()))!, 'Too many payments')
    assert.isNull(await RaffleEntry.first())
  })
})

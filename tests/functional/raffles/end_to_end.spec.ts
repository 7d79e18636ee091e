import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import ChainWallet from '#chain/models/chain_wallet'
import { Reconcile } from '#chain/reconciliation/reconcile'
import Customer from '#customers/models/customer'
import { custody, system } from '#ledger/accounts'
import Notification from '#notifications/models/notification'
import RaffleEntry from '#raffles/models/raffle_entry'
import RafflePlayer from '#raffles/models/raffle_player'
import { ReadReceipts } from '#raffles/ticks/read_receipts'
import { TellPlayers } from '#raffles/ticks/tell_players'
import type Admin from '#staff/models/admin'
import { screenOf, startTestBot, type TestBot } from '#tests/support/bot'
import { FEE, RaffleWorld } from '#tests/support/chain/raffle_world'
import { accepted, balanceOf } from '#tests/support/ledger'
import { seen } from '#tests/support/seen'
import { createAdmin, loginAs } from '#tests/support/staff'
import { ANNA } from '#tests/support/updates'

const CUSTOMERS = 20

const people = Array.from({ length: CUSTOMERS }, (_, index) => ({
  ...ANNA,
  id: ANNA.id + index,
  username: `player_${index}`,
  first_name: `Player${index}`,
}))
type Person = (typeof people)[number]

const walletOf = async ({ id }: Person) => {
  const customer = await Customer.findByOrFail('telegramId', id)
  return ChainWallet.findByOrFail('customerId', customer.id)
}

test.group('The raffle from end to end', (group) => {
  let world: RaffleWorld
  let bot: TestBot
  let admin: Admin
  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.setup(async () => {
    bot = await startTestBot()
    admin = await createAdmin({ fullName: 'Olena' })
  })
  group.each.timeout(180_000)

  /** By the bot: comes, opens the wallet, and somebody sends USDT to its address. */
  async function fund(person: Person) {
    await bot.say('/start', person)
    const raffle = screenOf(await bot.say('/raffle', person))
    const shown = await bot.press(raffle.data('USDT wallet'), person)
    const { address } = await walletOf(person)
    await world.evm.mint(address, FEE * 2n)
    return { address, shown: JSON.stringify(shown.map(({ payload }) => payload)) }
  }

  /** By the bot: the button under the round. Answers what it sends, for a second tap. */
  async function enter(person: Person) {
    const data = screenOf(await bot.say('/raffle', person)).data('Enter for')
    await bot.press(data, person)
    return data
  }

  const told = async ({ id }: Person) => {
    const rows = await Notification.query().where({ chatId: id, type: 'RAFFLE', operation: 'send' }).orderBy('id')
    return rows.map(({ template }) => template)
  }
  const confirmed = async () => {
    const entries = await RaffleEntry.query().where('status', 'confirmed')
    return entries.length
  }
  const page = async (client: ApiClient, path: string) => {
    const response = await loginAs(client.get(path), admin)
    response.assertStatus(200)
    return seen(response.text())
  }
  const differences = async () => {
    const reconcile = await world.make(Reconcile)
    return accepted(await reconcile.run()).lines
  }

  test('given 20 customers, when they are funded, enter and are drawn by bot and panel, then who has won is told and shown, the books match the chain, and a reorganisation is undone and done again', async ({
    assert,
    client,
  }) => {
    for (const person of people) {
      const { address, shown } = await fund(person)
      assert.include(shown, address)
    }
    await world.settle()
    const deposits = await Notification.query().where('template', 'deposit_received')
    assert.lengthOf(deposits, CUSTOMERS)

    const tap = await enter(people[0])
    await bot.press(tap, people[0])
    for (const person of people.slice(1)) await enter(person)
    assert.lengthOf(await RaffleEntry.all(), CUSTOMERS)
    await world.until(async () => (await confirmed()) === CUSTOMERS)
    const round = await world.current()
    assert.containSubset(round, { participants: CUSTOMERS, pool: FEE * BigInt(CUSTOMERS), status: 'open' })
    const [players] = (await world.evm.read('raffle', 'getPlayers')) as [string[]]
    assert.lengthOf(new Set(players), CUSTOMERS)
    assert.deepEqual(await differences(), [])

    assert.include(await page(client, `/admin/raffles/${round.reference}`), 'Draw')
    const drawn = await loginAs(client.post(`/admin/raffles/${round.reference}/draws`), admin).redirects(0)
    drawn.assertStatus(302)
    await world.untilQuiet()
    await round.refresh()
    assert.equal(round.status, 'drawing')
    assert.include(screenOf(await bot.say('/raffle', people[0])).text, 'being drawn')
    await world.evm.fulfil(BigInt(round.requestId!))
    await world.settle()
    await world.tick(TellPlayers)
    await world.tick(ReadReceipts)

    await round.refresh()
    const [recent] = (await world.evm.read('raffle', 'getRecentWinner')) as [string]
    assert.containSubset(round, {
      status: 'finished',
      winnerKey: recent.toLowerCase(),
      prize: FEE * BigInt(CUSTOMERS),
    })
    const winner = await Customer.findOrFail(round.winnerCustomerId!)
    const lucky = people.find(({ id }) => id === winner.telegramId)!
    for (const person of people) {
      const news = person === lucky ? 'raffle_news.won' : 'raffle_news.over'
      const heard = await told(person)
      assert.equal(heard.at(-1), news)
    }
    const winners = screenOf(await bot.press(screenOf(await bot.say('/raffle', lucky)).data('Past winners'), lucky))
    assert.include(winners.text, 'that was you')
    const shown = await page(client, `/admin/raffles/${round.reference}`)
    assert.include(shown, lucky.first_name)
    assert.include(await page(client, '/admin/raffles'), lucky.first_name)
    const receipt = await client.get(`/raffles/${round.reference}/receipt`).qs({ format: 'json' })
    receipt.assertStatus(200)
    receipt.assertBodyContains({ proven: true })
    assert.equal(await balanceOf(custody(winner.id)), FEE * BigInt(CUSTOMERS + 1))
    assert.equal(await balanceOf(system('raffle', 'USDT')), 0n)
    assert.deepEqual(await differences(), [])

    const last = people.at(-1)!
    await enter(last)
    await world.evm.automine(false)
    const entry = await RaffleEntry.query().where('status', 'pending').firstOrFail()
    await world.untilStatus(entry, 'seen')
    const block = entry.blockNumber!
    await world.evm.reorg((await world.evm.head()) - block + 1)
    await world.listen()
    await entry.refresh()
    assert.containSubset(entry, { status: 'pending', raffleId: null, blockNumber: null })
    const [gone] = await RafflePlayer.query().where('entryId', entry.id)
    assert.equal(gone.status, 'orphaned')

    await world.untilStatus(entry, 'confirmed')
    assert.containSubset(await world.current(), { round: 2, participants: 1, pool: FEE })
    assert.deepEqual(await world.evm.read('raffle', 'getNumberOfPlayers'), [1n])
    await world.settle()
    assert.deepEqual(await differences(), [])
  })
})

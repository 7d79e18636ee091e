import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import { transaction } from '#core/database/transaction'
import { custody, system } from '#ledger/accounts'
import ChainEvent from '#chain/models/chain_event'
import ChainOperation from '#chain/models/chain_operation'
import { DrawRequestedEffect } from '#raffles/effects/draw_requested_effect'
import { RaffleEnterEffect } from '#raffles/effects/raffle_enter_effect'
import Raffle from '#raffles/models/raffle'
import RaffleDraw from '#raffles/models/raffle_draw'
import RafflePlayer from '#raffles/models/raffle_player'
import { CurrentRaffleQuery } from '#raffles/queries/current_raffle_query'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { PastWinnersQuery } from '#raffles/queries/past_winners_query'
import { RaffleFiguresQuery } from '#raffles/queries/raffle_figures_query'
import { KeepRound } from '#raffles/ticks/keep_round'
import { ReadReceipts } from '#raffles/ticks/read_receipts'
import { TellPlayers } from '#raffles/ticks/tell_players'
import { linkedAdmin } from '#tests/support/alerts'
import { accepted, balanceOf } from '#tests/support/ledger'
import { hash } from '#tests/support/chain/panel_rows'
import { FEE, RaffleWorld } from '#tests/support/chain/raffle_world'
import { DAY } from '#tests/support/test_clock'

const STRANGER = '0x00000000000000000000000000000000000000A1'

test.group('Rounds of the raffle', (group) => {
  let world: RaffleWorld
  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(60_000)

  const statuses = async () => {
    const players = await RafflePlayer.query().orderBy('id')
    return players.map(({ status }) => status)
  }
  const events = async () => {
    const rows = await db.from('integration_events').orderBy('id')
    return rows.map(({ name, key, data }) => ({ name, key, data: parseJson(data) }))
  }

  test('given a round with customers and strangers, when it is drawn, then who has won is known to everybody it concerns', async ({
    assert,
  }) => {
    const [winner, loser] = [await world.customer(), await world.customer()]
    await world.untilStatus(await world.entered(winner), 'confirmed')
    await world.untilStatus(await world.entered(loser), 'confirmed')
    await world.evm.enterAs(STRANGER)
    await world.settle()
    assert.containSubset(await world.current(), { participants: 3, pool: FEE * 3n })

    const request = await world.evm.requestDraw()
    await world.settle()
    assert.containSubset(await world.current(), { round: 1, status: 'drawing', requestId: String(request) })
    await world.evm.fulfil(request, 3n)
    await world.listen()
    assert.containSubset(await world.current(), { round: 1 }, 'the winner may still be another')
    await world.settle()

    const round = await world.round(1)
    const { address } = await world.wallet(winner)
    assert.containSubset(round, {
      status: 'finished',
      prize: FEE * 3n,
      winnerKey: address.toLowerCase(),
      winnerCustomerId: winner.id,
    })
    assert.containSubset(await world.current(), { round: 2, status: 'open', entranceFee: FEE, participants: 0 })
    assert.equal(await balanceOf(custody(winner.id)), FEE * 3n)
    assert.equal(await balanceOf(system('raffle', 'USDT')), 0n)

    await world.tick(TellPlayers)
    await world.tick(TellPlayers)
    const of = async (told: Promise<string[]>) => {
      const templates = await told
      return templates.filter((template) => template.includes('raffle_news'))
    }
    assert.deepEqual(await of(world.told(winner)), ['send raffle_news.won'])
    assert.deepEqual(await of(world.told(loser)), ['send raffle_news.over'])

    const query = await world.make(CustomerRaffleQuery)
    const figures = await query.figures(winner.id)
    assert.containSubset(figures, { entries: 1, wins: 1 })
    assert.equal(figures.won.minor, FEE * 3n)
    const past = await new PastWinnersQuery().run()
    assert.deepEqual(
      past.all().map(({ id }) => id),
      [round.id]
    )
  })

  test('programs are told of each entry of a customer and of each winner, once', async ({ assert }) => {
    const customer = await world.customer()
    const entry = await world.entered(customer)
    await world.untilStatus(entry, 'confirmed')
    await world.evm.enterAs(STRANGER)
    await world.evm.fulfil(await world.evm.requestDraw(), 1n)
    await world.settle()
    const round = await world.round(1)
    const [entered, won, ...others] = await events()
    assert.containSubset(entered, {
      name: 'raffle.entry_confirmed',
      key: `raffle.entry:${entry.id}:confirmed`,
      data: { entry_id: entry.reference, tg_id: customer.telegramId, round: 1, tx_hash: entry.txHash },
    })
    assert.containSubset(won, {
      name: 'raffle.winner_picked',
      key: `raffle:${round.id}:winner`,
      data: { winner_address: STRANGER, tg_id: null, prize: '10.000000', participants: 2 },
    })
    assert.lengthOf(others, 0)
  })

  test('given a reorganisation that takes an entry away, then it is undone, and done again once it is mined again', async ({
    assert,
  }) => {
    const customer = await world.customer()
    const entry = await world.entered(customer, { messageId: 5 })
    await world.evm.automine(false)
    await world.until(async () => {
      await entry.refresh()
      return entry.status === 'seen'
    })
    const { raffleId, txHash } = entry
    await world.evm.reorg(2)
    await world.listen()
    await entry.refresh()
    assert.containSubset(entry, { status: 'pending', raffleId: null, txHash: null, blockNumber: null })
    assert.deepEqual(await statuses(), ['orphaned'])
    assert.containSubset(await world.current(), { participants: 0, pool: 0n })

    await world.untilStatus(entry, 'confirmed')
    assert.containSubset(entry, { raffleId, txHash })
    assert.deepEqual(await statuses(), ['orphaned', 'confirmed'])
    assert.containSubset(await world.current(), { participants: 1, pool: FEE })
    assert.deepEqual(await world.evm.read('raffle', 'getNumberOfPlayers'), [1n])
    const told = await world.told(customer)
    assert.equal(told.filter((template) => template === 'edit raffle_progress.in').length, 1)
  })

  test('given a chain that was read late, then rounds that are long over are told to nobody, and dated by the chain', async ({
    assert,
  }) => {
    const { address } = await world.wallet(await world.customer(0n))
    await world.playOut([address, STRANGER])
    const drawnAt = world.clock.now()
    world.clock.advance(2 * DAY)
    await world.settle(100)
    await world.tick(TellPlayers)
    const round = await world.round(1)
    assert.isNotNull(round.notifiedAt)
    assert.lengthOf(await db.from('notifications').where('template', 'raffle_news.over'), 0)

    await world.tick(ReadReceipts)
    await round.refresh()
    const next = await world.current()
    for (const moment of [round.requestedAt!, round.finishedAt!, next.openedAt]) assert.isBelow(moment, drawnAt + DAY)
  })

  test('given an empty round, then its fee follows the contract', async ({ assert }) => {
    await world.evm.act(world.evm.owner, 'raffle', 'setEntranceFee', [FEE * 2n])
    await world.tick(KeepRound)
    const query = await world.make(CurrentRaffleQuery)
    const current = await query.run()
    assert.equal(current!.fee.minor, FEE * 2n)
    await world.evm.enterAs(STRANGER)
    await world.settle()
    assert.containSubset(await world.current(), { participants: 1, pool: FEE * 2n })
  })

  test('given an entry whose event is found after its winner, then it counts to the round in which its block lies', async ({
    assert,
  }) => {
    for (let round = 1; round <= 2; round++) {
      await world.playOut([STRANGER])
      await world.settle()
    }
    const picked = await ChainEvent.query().where('name', 'WinnerPicked').orderBy('id')
    const effect = await world.make(RaffleEnterEffect)
    const template = await ChainEvent.query().where('name', 'RaffleEnter').firstOrFail()
    const found = async (blockNumber: number, logIndex: number) => {
      const attributes: Partial<ChainEvent> = { ...template.$attributes, blockNumber, logIndex }
      delete attributes.id
      const event = await ChainEvent.create({ ...attributes, txHash: hash(), blockHash: hash() })
      await transaction((trx) => effect.confirmed(trx, event))
    }
    const participants = async () => {
      const rounds = await Raffle.query().orderBy('round')
      return rounds.map((round) => [round.status, round.participants, round.pool])
    }

    const [{ blockNumber: first, logIndex: firstEnd }, { blockNumber: second, logIndex: secondEnd }] = picked
    await found(template.blockNumber, template.logIndex)
    await found(first, firstEnd - 1)
    await found(first, firstEnd + 1)
    await found(second - 1, 0)
    await found(second, secondEnd + 1)
    await found(second + 1, 0)
    assert.deepEqual(await participants(), [
      ['finished', 3, FEE * 3n],
      ['finished', 3, FEE * 3n],
      ['open', 2, FEE * 2n],
    ])
    const { id } = await world.round(1)
    const players = await RafflePlayer.query().where('raffleId', id)
    assert.lengthOf(players, 3)
  })

  test('given a draw whose event is found after its winner, then the next round stays open', async ({ assert }) => {
    await world.playOut([STRANGER])
    await world.settle()
    const { closedBlock } = await world.round(1)
    const { logIndex: endsAt } = await ChainEvent.findByOrFail('name', 'WinnerPicked')
    const event = await ChainEvent.findByOrFail('name', 'RequestedRaffleWinner')
    const effect = await world.make(DrawRequestedEffect)
    const found = (blockNumber: number, logIndex: number) =>
      transaction((trx) => effect.confirmed(trx, event.merge({ blockNumber, logIndex })))

    await found(event.blockNumber, event.logIndex)
    await found(closedBlock!, endsAt - 1)
    assert.containSubset(await world.current(), { round: 2, status: 'open', requestId: null })
    await found(closedBlock!, endsAt + 1)
    assert.containSubset(await world.current(), { round: 2, status: 'drawing' })
  })

  test('given a draw by the treasury, then it goes from sending to done, and who asked is kept', async ({ assert }) => {
    await world.evm.enterAs(STRANGER)
    await world.settle()
    const asked = await world.draw()
    assert.isTrue(asked.ok)
    assert.containSubset(await world.draw(), { refusal: { code: 'draw_in_progress' } })
    await world.untilQuiet()
    const draw = await RaffleDraw.query().firstOrFail()
    assert.containSubset(draw, { status: 'requested', cause: 'admin', requestedByName: 'Olena', requestedBy: 1 })
    const round = await world.current()
    assert.containSubset(round, { status: 'drawing', requestTx: draw.txHash })
    await world.evm.fulfil(BigInt(round.requestId!))
    await world.settle()
    await draw.refresh()
    assert.equal(draw.status, 'done')
    assert.isNotNull(draw.finishedAt)
    const figures = await new RaffleFiguresQuery().run({ from: 0, until: Number.MAX_SAFE_INTEGER })
    assert.containSubset(figures, { rounds: 1, entries: 0 })
  })

  test('given nobody is in, or it is being drawn, then no draw is asked for', async ({ assert }) => {
    assert.containSubset(await world.draw(), { refusal: { code: 'no_players' } })
    await world.evm.enterAs(STRANGER)
    await world.settle()
    assert.containSubset(await world.draw({ raffleId: 9_999 }), { refusal: { code: 'raffle_not_open' } })
    await world.evm.requestDraw()
    assert.containSubset(await world.draw(), { refusal: { code: 'raffle_not_open' } })
    assert.lengthOf(await RaffleDraw.all(), 0)
    assert.lengthOf(await ChainOperation.all(), 0)
  })

  test('given somebody else was first, then our draw fails, and the admins hear of it', async ({ assert }) => {
    const admin = await linkedAdmin(4_242)
    await world.evm.enterAs(STRANGER)
    await world.settle()
    await world.draw()
    await world.evm.requestDraw()
    await world.untilQuiet()
    const draw = await RaffleDraw.query().firstOrFail()
    assert.containSubset(draw, { status: 'failed', reason: 'raffle_not_open' })
    const [told] = await db.from('notifications').where({ type: 'ADMIN_ALERT', chat_id: admin.telegramId })
    assert.include(parseJson(told.params).title, 'raffle not open')
  })

  test('given a draw that waited until another round was open, then that one is not drawn', async ({ assert }) => {
    await world.evm.enterAs(STRANGER)
    await world.settle()
    await world.evm.setBalance(world.treasury.address, 0n)
    accepted(await world.draw())
    await world.send()
    await world.evm.fulfil(await world.evm.requestDraw())
    await world.evm.enterAs(STRANGER)
    await world.settle()
    await world.evm.setBalance(world.treasury.address, 10n ** 18n)
    world.clock.advance(DAY)
    await world.untilQuiet()
    const draw = await RaffleDraw.query().firstOrFail()
    assert.containSubset(draw, { status: 'failed', reason: 'raffle_not_open' })
    assert.containSubset(await world.current(), { round: 2, status: 'open', participants: 1 })
    assert.deepEqual(await world.evm.read('raffle', 'getRaffleState'), [0n])
  })
})

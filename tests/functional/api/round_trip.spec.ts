import { test } from '@japa/runner'
import RaffleEntry from '#raffles/models/raffle_entry'
import { SweepWebhookDeliveries } from '#staff/ticks/sweep_webhook_deliveries'
import { callApi } from '#tests/support/api/client'
import { differencesFromDocument, differencesFromSchema } from '#tests/support/api/document'
import { givenListener } from '#tests/support/api/keys'
import { Receiver } from '#tests/support/api/receiver'
import { FEE, RaffleWorld } from '#tests/support/chain/raffle_world'
import { forgetLimits } from '#tests/support/limits'

test.group('A program on a chain', (group) => {
  let world: RaffleWorld
  let receiver: Receiver
  let token: string

  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.setup(async () => {
    await forgetLimits()
    receiver = await Receiver.start()
    const listener = await givenListener(receiver.url, ['raffle.entry_confirmed', 'raffle.winner_picked'])
    token = listener.token
    return () => receiver.stop()
  })

  const get = async (path: string) => {
    const { body } = await callApi('GET', path, { token })
    return body
  }
  const post = (path: string, body?: unknown, key = 'order-1') =>
    callApi('POST', path, { token, body, headers: { 'idempotency-key': key } })

  test('given a customer of the bot, when a program enters them and has the round drawn, then it is told of both', async ({
    assert,
  }) => {
    const { telegramId } = await world.customer(0n)
    const wallet = await post('/api/wallet/generate', { tg_id: telegramId }, 'wallet-1')
    await world.evm.mint(wallet.body.address, FEE)
    const before = await get(`/api/wallet/balance/${telegramId}`)
    assert.containsSubset(before, { balance: '5.000000', confirmed_balance: '0.000000' })

    const accepted = await post('/api/raffle/enter', { tg_id: telegramId })
    assert.equal(accepted.status, 202)
    const entry = await RaffleEntry.findByOrFail('reference', accepted.body.entry_id)
    await world.untilStatus(entry, 'confirmed')
    const followed = await get(`/api/raffle/entries/${entry.reference}`)
    assert.deepEqual(differencesFromDocument('GET', '/api/raffle/entries/{id}', 200, followed), [])
    assert.containsSubset(followed, { status: 'confirmed', tx_hash: entry.txHash, round: 1 })
    const { raffle } = await get('/api/raffle/status')
    assert.containsSubset(raffle, { round: 1, participants: 1, pool: '5.000000' })

    const draw = await post('/api/raffle/draw', undefined, 'draw-1')
    assert.equal(draw.status, 202)
    await world.until(async () => {
      const round = await world.round(1)
      return round.requestId !== null
    })
    const { requestId } = await world.round(1)
    await world.evm.fulfil(BigInt(requestId!))
    await world.settle()

    const winners = await get('/api/raffle/winners')
    assert.containsSubset(winners.data, [{ round: 1, prize: '5.000000' }])
    assert.equal(winners.data[0].winner_address, wallet.body.address.toLowerCase())
    const stats = await get(`/api/user/stats/${telegramId}`)
    assert.containsSubset(stats, { entries: 1, spent: '5.000000', wins: 1, won: '5.000000' })

    await world.tick(SweepWebhookDeliveries)
    const [entered, won, ...others] = receiver.received.map(({ body }) => JSON.parse(body))
    assert.deepEqual(differencesFromSchema('EntryConfirmed', entered), [])
    assert.deepEqual(differencesFromSchema('WinnerPicked', won), [])
    assert.containsSubset(entered.data, { entry_id: entry.reference, tg_id: telegramId })
    assert.containsSubset(won.data, { winner_address: wallet.body.address, tg_id: telegramId })
    assert.lengthOf(others, 0)
  })
})

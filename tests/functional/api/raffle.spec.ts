import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CustomerFactory } from '#database/factories/customer_factory'
import ChainOperation from '#chain/models/chain_operation'
import ChainWallet from '#chain/models/chain_wallet'
import RaffleDraw from '#raffles/models/raffle_draw'
import RaffleEntry from '#raffles/models/raffle_entry'
import ApiRequest from '#staff/models/api_request'
import { callApi } from '#tests/support/api/client'
import { differencesFromDocument } from '#tests/support/api/document'
import { givenKey } from '#tests/support/api/keys'
import { givenRaffle, givenTreasury } from '#tests/support/api/raffle_world'
import { bindChain } from '#tests/support/chain/bind_chain'
import { givenEntry, givenPlayer, givenRound, givenWallet } from '#tests/support/chain/given'
import { resetDatabase } from '#tests/support/database'
import { forgetLimits } from '#tests/support/limits'

test.group('The raffle over the API', (group) => {
  let world: Awaited<ReturnType<typeof givenRaffle>>
  let token: string

  group.each.setup(() => resetDatabase())
  group.each.setup(() => forgetLimits())
  group.each.setup(async () => {
    world = await givenRaffle()
    const made = await givenKey()
    token = made.token
    return () => world.restore()
  })

  const get = (path: string) => callApi('GET', path, { token })
  const post = (path: string, body?: unknown, headers = {}) => callApi('POST', path, { token, body, headers })

  test('given a customer, when a wallet is generated twice, then it is the same one and its key is nowhere', async ({
    assert,
  }) => {
    const { telegramId } = world.customer
    const first = await post('/api/wallet/generate', { tg_id: String(telegramId) })
    const second = await post('/api/wallet/generate', { tg_id: telegramId })
    assert.equal(first.status, 200)
    assert.deepEqual(first.body, second.body)
    assert.deepEqual(differencesFromDocument('POST', '/api/wallet/generate', 200, first.body), [])
    const wallet = await ChainWallet.findByOrFail('customerId', world.customer.id)
    assert.containsSubset(first.body, { success: true, tg_id: telegramId, address: wallet.address })
    assert.sameMembers(Object.keys(first.body), ['success', 'tg_id', 'address', 'chain_id', 'message'])
  })

  test('given a wallet, then its balance is told as the chain and as the books have it', async ({ assert }) => {
    const { telegramId, id } = world.customer
    const none = await get(`/api/wallet/balance/${telegramId}`)
    assert.deepEqual([none.status, none.body.code], [404, 'wallet_not_found'])
    const wallet = await givenWallet(id)
    const { status, body } = await get(`/api/wallet/balance/${telegramId}`)
    assert.equal(status, 200)
    assert.deepEqual(differencesFromDocument('GET', '/api/wallet/balance/{tg_id}', 200, body), [])
    assert.containsSubset(body, { address: wallet.address, confirmed_balance: '0.000000', currency: 'USDT' })
  })

  test('given enough USDT, when a customer is entered, then it is on its way and can be followed', async ({
    assert,
  }) => {
    const { telegramId } = world.customer
    const { status, body } = await post('/api/raffle/enter', { tg_id: telegramId })
    assert.equal(status, 202)
    assert.deepEqual(differencesFromDocument('POST', '/api/raffle/enter', 202, body), [])
    assert.containsSubset(body, { success: true, tx_hash: null })

    const followed = await get(`/api/raffle/entries/${body.entry_id}`)
    assert.deepEqual(differencesFromDocument('GET', '/api/raffle/entries/{id}', 200, followed.body), [])
    assert.containsSubset(followed.body, { status: 'pending', tg_id: telegramId, fee: '10.000000', tx_hash: null })
    const entry = await RaffleEntry.findByOrFail('reference', body.entry_id)
    assert.equal(entry.source, 'api')
  })

  test('given what can be no entry’s name, then there is none: {$self}')
    .with(['%00', 'ABCDE%00GHJK', 'ABCDEFGHJK', 'none'])
    .run(async ({ assert }, id) => {
      const { status, body } = await get(`/api/raffle/entries/${id}`)
      assert.deepEqual([status, body.code], [404, 'entry_not_found'])
    })

  test('given an entry on its way, when another is asked for, then it is refused with what to look at', async ({
    assert,
  }) => {
    const { telegramId } = world.customer
    const { body } = await post('/api/raffle/enter', { tg_id: telegramId })
    const again = await post('/api/raffle/enter', { tg_id: telegramId })
    assert.equal(again.status, 409)
    assert.deepEqual(differencesFromDocument('POST', '/api/raffle/enter', 409, again.body), [])
    assert.containsSubset(again.body, {
      success: false,
      code: 'entry_in_progress',
      params: { reference: body.entry_id },
    })
  })

  test('given a wallet with too little, then the refusal says how much is needed', async ({ assert }) => {
    world.contract.balance = 1_500_000n
    const { status, body } = await post('/api/raffle/enter', { tg_id: world.customer.telegramId })
    assert.equal(status, 409)
    assert.containsSubset(body, { code: 'insufficient_usdt', params: { available: '1.500000', needed: '10.000000' } })
    assert.include(body.detail, '1.500000')
    assert.lengthOf(await RaffleEntry.all(), 0)
  })

  test('given a banned customer, then nothing is done for them', async ({ assert }) => {
    const { telegramId } = await CustomerFactory.apply('banned').create()
    for (const path of ['/api/raffle/enter', '/api/wallet/generate']) {
      const { status, body } = await post(path, { tg_id: telegramId })
      assert.deepEqual([status, body.code], [403, 'customer_banned'])
    }
  })

  test('given somebody who never started the bot, then there is nobody: {$self}')
    .with([
      'POST /api/wallet/generate',
      'POST /api/raffle/enter',
      'GET /api/wallet/balance/999',
      'GET /api/user/stats/999',
      'GET /api/raffle/entries?tg_id=999',
    ])
    .run(async ({ assert }, route) => {
      const [method, path] = route.split(' ')
      const { status, body } = await callApi(method, path, {
        token,
        body: method === 'POST' ? { tg_id: '999' } : undefined,
      })
      assert.deepEqual([status, body.code], [404, 'customer_not_found'])
    })

  test('a tg_id that is none is a wrong field: {$self}')
    .with([
      undefined,
      null,
      '',
      'abc',
      '12.5',
      12.5,
      -1,
      0,
      '0123',
      '1e5',
      '0x10',
      2 ** 53,
      '9'.repeat(20),
      [1],
      { id: 1 },
      true,
    ])
    .run(async ({ assert }, tgId) => {
      const { status, body } = await post('/api/raffle/enter', { tg_id: tgId })
      assert.equal(status, 422)
      assert.deepEqual(differencesFromDocument('POST', '/api/raffle/enter', 422, body), [])
      assert.equal(body.code, 'validation_failed')
      assert.deepEqual(
        body.errors.map(({ field }: { field: string }) => field),
        ['tg_id']
      )
    })

  test('given an open round, then its status is told', async ({ assert }) => {
    const { status, body } = await get('/api/raffle/status')
    assert.equal(status, 200)
    assert.deepEqual(differencesFromDocument('GET', '/api/raffle/status', 200, body), [])
    assert.containsSubset(body.raffle, { raffle_id: world.round.reference, status: 'open', entrance_fee: '10.000000' })
  })

  test('given no chain, then there is no round, and nobody enters', async ({ assert, cleanup }) => {
    cleanup(bindChain(null))
    const { body } = await get('/api/raffle/status')
    assert.deepEqual(body, { success: true, raffle: null })
    const refused = await post('/api/raffle/enter', { tg_id: world.customer.telegramId })
    assert.deepEqual([refused.status, refused.body.code], [503, 'raffle_off'])
    assert.equal(refused.headers.get('retry-after'), '30')
  })

  test('given the scope, when a draw is asked for, then the treasury sends it once', async ({ assert }) => {
    await givenTreasury()
    const { status, body } = await post('/api/raffle/draw')
    assert.equal(status, 202)
    assert.deepEqual(differencesFromDocument('POST', '/api/raffle/draw', 202, body), [])
    const again = await post('/api/raffle/draw')
    assert.deepEqual([again.status, again.body.code], [409, 'draw_in_progress'])
    assert.lengthOf(await ChainOperation.query().where('kind', 'draw'), 1)
    const audit = await db.from('audit_entries').where('action', 'raffle_draw.requested').firstOrFail()
    assert.containsSubset(audit, { actor_type: 'program', actor_name: 'Shop' })
  })

  test('given a draw whose answer was lost, when it is asked for again by its key, then it is the same one', async ({
    assert,
  }) => {
    await givenTreasury()
    const ask = () => post('/api/raffle/draw', undefined, { 'idempotency-key': 'draw-1' })
    const first = await ask()
    assert.equal(first.status, 202)
    const forget = () => ApiRequest.query().update({ response_status: null, response_body: null, claimed_until: 0 })
    await forget()
    const again = await ask()
    assert.isNull(again.headers.get('idempotency-replayed'))
    assert.deepEqual([again.status, again.body], [202, first.body])

    await RaffleDraw.query().update({ status: 'done', finished_at: 5 })
    await world.round.merge({ status: 'finished', finishedAt: 5 }).save()
    await givenRound({ round: world.round.round + 1 })
    world.contract.isOpen = false
    await forget()
    const late = await ask()
    assert.deepEqual([late.status, late.body.draw_id], [202, first.body.draw_id])
    assert.lengthOf(await RaffleDraw.all(), 1)
  })

  test('given entries and winnings, then a customer’s statistics add them up', async ({ assert }) => {
    const { id: customerId, telegramId } = world.customer
    await givenPlayer(world.round, { customerId })
    await givenRound({ status: 'finished', winnerCustomerId: customerId, prize: 30_000_000n, finishedAt: 5 })
    const { body } = await get(`/api/user/stats/${telegramId}`)
    assert.deepEqual(differencesFromDocument('GET', '/api/user/stats/{tg_id}', 200, body), [])
    assert.containsSubset(body, { entries: 1, spent: '10.000000', wins: 1, won: '30.000000' })
  })

  test('given several entries, then they are told page by page, with the fields that are asked for', async ({
    assert,
  }) => {
    const wallet = await givenWallet(world.customer.id)
    const made = []
    for (let number = 0; number < 5; number++)
      made.push(await givenEntry(wallet, { status: 'failed', reason: 'reverted' }))
    const path = `/api/raffle/entries?tg_id=${world.customer.telegramId}&status=failed`
    const whole = await get(`${path}&limit=2`)
    assert.deepEqual(differencesFromDocument('GET', '/api/raffle/entries', 200, whole.body), [])
    assert.containsSubset(whole.body, { page: 1, limit: 2, total: 5, pages: 3 })
    const last = await get(`${path}&limit=2&page=3&fields=entry_id,status`)
    assert.deepEqual(last.body.data, [{ entry_id: made[0].reference, status: 'failed' }])
    const none = await get('/api/raffle/entries?status=confirmed')
    assert.deepEqual(none.body.data, [])
  })

  test('given finished rounds, then past winners are told by their addresses only', async ({ assert }) => {
    await givenRound({
      status: 'finished',
      winnerKey: `0x${'a'.repeat(40)}`,
      winnerCustomerId: world.customer.id,
      prize: 30_000_000n,
      finishedAt: 5,
    })
    const { body } = await get('/api/raffle/winners')
    assert.deepEqual(differencesFromDocument('GET', '/api/raffle/winners', 200, body), [])
    assert.lengthOf(body.data, 1)
    assert.notInclude(JSON.stringify(body), String(world.customer.telegramId))
  })

  test('a list refuses {$self}')
    .with(['page=0', 'page=x', 'limit=0', 'limit=101', 'limit=1.5', 'fields=entry_id,key', 'status=lost'])
    .run(async ({ assert }, query) => {
      const { status, body } = await get(`/api/raffle/entries?${query}`)
      assert.equal(status, 422)
      assert.equal(body.errors[0].field, query.split('=')[0])
    })
})

import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { formatMoney } from '#core/money/format_money'
import RaffleDraw from '#raffles/models/raffle_draw'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import { givenCustomer } from '#tests/support/payments/given'
import { bindChain } from '#tests/support/chain/bind_chain'
import {
  address,
  drawRow,
  entryRow,
  givenChain,
  hash,
  JANUARY,
  operationRow,
  playerRow,
  raffleRow,
  usdt,
  walletRow,
} from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('Raffles in the panel', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    return givenChain()
  })

  test('rounds are listed with pool, prize and winner, and the winner links to the customer', async ({
    client,
    assert,
  }) => {
    const olena = await givenCustomer('Olena')
    const [ours, theirs] = [address(), address()]
    await raffleRow(1, { prize: usdt(30), winnerKey: ours, winnerCustomerId: olena.id })
    await raffleRow(2, { prize: usdt(40), winnerKey: theirs })
    await raffleRow(3, { status: 'open', pool: usdt(20.5), participants: 2 })

    const page = await loginAs(client.get('/admin/raffles'), await createAdmin({ role: 'read-only' }))
    for (const text of ['Round 1', 'Round 2', 'Round 3', '20.50', '40.00', '>Olena<', theirs]) {
      assert.include(page.text(), text)
    }
    assert.include(page.text(), `/admin/customers/${olena.id}`)
    assert.include(page.text(), `https://explorer.test/address/${theirs}`)
  })

  test('the list is searched by round, reference and address, filtered, and exported', async ({ client, assert }) => {
    const winnerKey = address()
    const first = await raffleRow(1, { prize: usdt(30), winnerKey })
    const second = await raffleRow(2, { status: 'open' })
    const admin = await createAdmin()

    for (const q of ['1', `#${first.reference.toLowerCase()}`, winnerKey.toUpperCase().replace('0X', '0x')]) {
      const found = await loginAs(client.get('/admin/raffles').qs({ q }), admin)
      assert.include(found.text(), `>${first.reference}<`, q)
      assert.notInclude(found.text(), `>${second.reference}<`, q)
    }
    const open = await loginAs(client.get('/admin/raffles').qs({ status: 'open', format: 'csv' }), admin)
    const lines = open.text().trim().split('\n')
    assert.lengthOf(lines, 2)
    assert.include(lines[1], `${second.reference},2,open,3,10.000000,30.000000,`)
  })

  test('given a chain that is not configured, when the page is opened, then it says how to turn it on', async ({
    client,
    assert,
  }) => {
    bindChain(null)
    const page = await loginAs(client.get('/admin/raffles'), await createAdmin())
    assert.include(page.text(), 'The chain is off.')
    assert.include(page.text(), 'CHAIN_RPC_URLS')
  })

  test('a round tells who is in it, who asked for its draw and who won', async ({ client, assert }) => {
    const olena = await givenCustomer('Olena')
    const wallet = await walletRow(olena)
    const raffle = await raffleRow(7, {
      ...{ prize: usdt(30), winnerKey: wallet.addressKey, winnerCustomerId: olena.id, requestId: '77' },
      ...{ requestedAt: JANUARY + 1000, requestedBlock: 80, closedBlock: 82, closedTx: hash() },
      finishedAt: JANUARY + 2000,
    })
    await playerRow(raffle, { playerKey: wallet.addressKey, customerId: olena.id })
    const outside = await playerRow(raffle)
    const operation = await operationRow(await walletRow(null), {
      kind: 'draw',
      status: 'confirmed',
      finishedAt: JANUARY,
    })
    await drawRow(raffle, { operationId: operation.id, status: 'done', finishedAt: JANUARY + 2000 })
    await drawRow(raffle, { status: 'failed', reason: 'reverted', finishedAt: JANUARY + 500 })

    const page = await loginAs(client.get(`/admin/raffles/${raffle.reference}`), await createAdmin())
    for (const text of [
      ...[
        'Round 7',
        `Olena won ${formatMoney(raffle.prizeMoney!)}`,
        'somebody outside',
        outside.playerKey,
        'The contract asked for randomness',
      ],
      ...['Draw asked for by an admin', 'Mira', 'The draw failed', `/admin/chain/operations/${operation.reference}`],
    ]) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), '/draws')
  })

  test('participants are searched, filtered and exported', async ({ client, assert }) => {
    const olena = await givenCustomer('Olena')
    const raffle = await raffleRow(1, { status: 'open' })
    const ours = await playerRow(raffle, { customerId: olena.id })
    const theirs = await playerRow(raffle, { status: 'orphaned' })
    const elsewhere = await playerRow(await raffleRow(2))
    const path = `/admin/raffles/${raffle.reference}/players`
    const admin = await createAdmin()

    for (const qs of [{ q: 'olen' }, { q: ours.playerKey }, { ours: 'yes' }, { status: 'confirmed' }]) {
      const page = await loginAs(client.get(path).qs(qs), admin)
      assert.include(page.text(), ours.txHash, JSON.stringify(qs))
      assert.notInclude(page.text(), theirs.txHash, JSON.stringify(qs))
    }
    const csv = await loginAs(client.get(path).qs({ format: 'csv' }), admin)
    assert.include(csv.text(), `${theirs.playerKey},,,10.000000,orphaned,`)
    assert.notInclude(csv.text(), elsewhere.playerKey)
  })

  test('entries are listed with their round or why they failed', async ({ client, assert }) => {
    const [olena, petro] = [
      await walletRow(await givenCustomer('Olena')),
      await walletRow(await givenCustomer('Petro')),
    ]
    const raffle = await raffleRow(3)
    const inside = await entryRow(olena, { status: 'confirmed', raffleId: raffle.id })
    const failed = await entryRow(petro, { status: 'failed', reason: 'raffle_paused', source: 'api' })
    const admin = await createAdmin()

    const all = await loginAs(client.get('/admin/raffles/entries'), admin)
    for (const text of ['Olena', 'Round 3', 'Petro', 'The raffle is paused']) assert.include(all.text(), text)
    for (const qs of [
      { q: inside.reference },
      { status: 'confirmed' },
      { customer: olena.customerId! },
      { source: 'bot' },
    ]) {
      const page = await loginAs(client.get('/admin/raffles/entries').qs(qs), admin)
      assert.include(page.text(), inside.reference, JSON.stringify(qs))
      assert.notInclude(page.text(), failed.reference, JSON.stringify(qs))
    }
  })

  test('an admin plans a draw in their own time zone, and cancels it', async ({ client, assert }) => {
    const admin = await createAdmin()
    await admin.merge({ timeZone: 'Europe/Kyiv' }).save()
    const when = DateTime.now().setZone('Europe/Kyiv').plus({ days: 30 }).startOf('hour')
    const form = { at: when.toFormat("yyyy-MM-dd'T'HH:mm") }
    const planned = await loginAs(client.post('/admin/raffles/schedules').redirects(0), admin).form(form)
    planned.assertFlashMessage('success', 'The draw is planned.')
    const schedule = await RaffleSchedule.firstOrFail()
    assert.equal(schedule.scheduledAt, when.toMillis())
    const page = await loginAs(client.get('/admin/raffles/schedules'), admin)
    assert.include(page.text(), when.setLocale('en-GB').toFormat('d MMM yyyy, HH:mm'))
    assert.include(page.text(), admin.fullName)

    const path = `/admin/raffles/schedules/${schedule.id}/cancellation`
    const cancelled = await loginAs(client.post(path).redirects(0), admin)
    cancelled.assertFlashMessage('success', 'The planned draw is cancelled.')
    await schedule.refresh()
    assert.equal(schedule.status, 'cancelled')
  })

  test('given a moment that is over, when a draw is planned for it, then the field says so', async ({
    client,
    assert,
  }) => {
    const form = { at: '2020-01-01T12:00' }
    const response = await loginAs(client.post('/admin/raffles/schedules').redirects(0), await createAdmin()).form(form)
    assert.isDefined(response.flashMessage('inputErrorsBag')?.at)
    assert.isNull(await RaffleSchedule.first())
  })

  test('given nodes that do not answer, when an admin draws, then the page says so and nothing is asked', async ({
    client,
    assert,
  }) => {
    const raffle = await raffleRow(1, { status: 'open' })
    const admin = await createAdmin()
    const page = await loginAs(client.get(`/admin/raffles/${raffle.reference}`), admin)
    assert.include(page.text(), `/admin/raffles/${raffle.reference}/draws`)

    const response = await loginAs(client.post(`/admin/raffles/${raffle.reference}/draws`).redirects(0), admin)
    response.assertFlashMessage('error', 'No node of the chain answers. Try again in a moment.')
    assert.isNull(await RaffleDraw.first())
  })
})

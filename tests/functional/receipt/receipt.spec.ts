import { test } from '@japa/runner'
import RaffleReceipt from '#raffles/models/raffle_receipt'
import { givenCustomer } from '#tests/support/payments/given'
import { address, drawnRow, givenChain, raffleRow } from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { seen } from '#tests/support/seen'

test.group('The receipt of a draw', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    return givenChain()
  })

  const pathOf = ({ reference }: { reference: string }) => `/raffles/${reference}/receipt`
  const players = (count: number) => Array.from({ length: count }, () => address())

  test('anybody sees how the winner was drawn, step by step, and no customer’s name', async ({ client, assert }) => {
    const olena = await givenCustomer('Olena')
    const raffle = await drawnRow(7, players(5), { winnerCustomerId: olena.id })
    const response = await client.get(pathOf(raffle))

    response.assertStatus(200)
    for (const text of ['Draw of round 7', 'The draw is right.', '50.00 USDT', '987654321', raffle.requestTx!]) {
      assert.include(response.text(), text)
    }
    assert.include(response.text(), `https://explorer.test/tx/${raffle.closedTx}`)
    assert.notInclude(response.text(), 'Olena')
  })

  test('it has neither session nor script, and a policy of its own', async ({ client, assert }) => {
    const response = await client.get(pathOf(await drawnRow(7, players(3))))

    assert.isEmpty(response.cookies())
    assert.notInclude(response.text(), '<script')
    assert.include(response.header('content-security-policy'), `default-src 'none'`)
    assert.notInclude(response.header('content-security-policy'), 'unsafe')
    assert.equal(response.header('cache-control'), 'public, max-age=3600')
  })

  test('given numbers that lead to somebody else, when it is opened, then it says that they differ', async ({
    client,
    assert,
  }) => {
    const raffle = await drawnRow(7, players(5))
    await raffle.merge({ participants: 6 }).save()
    const response = await client.get(pathOf(raffle))

    assert.include(response.text(), 'Something does not match.')
    assert.equal(response.header('cache-control'), 'public, max-age=30')
  })

  test('given a draw whose numbers are not read yet, when it is opened, then it asks for patience', async ({
    client,
    assert,
  }) => {
    const response = await client.get(pathOf(await raffleRow(7)))
    assert.include(response.text(), 'are being read from the chain')
  })

  test('given thousands of entries, when it is opened, then it shows those around the winner and gives all as a file', async ({
    client,
    assert,
  }) => {
    const all = players(1000)
    const raffle = await drawnRow(7, all)
    const page = await client.get(pathOf(raffle))
    assert.include(page.text(), 'more are in the file')
    assert.include(page.text(), `<code>${all[0]}</code>`)
    assert.include(page.text().toLowerCase(), raffle.winnerKey!)
    assert.notInclude(page.text(), 'left_out')

    const file = await client.get(pathOf(raffle)).qs({ format: 'json' })
    assert.lengthOf(file.body().facts.players, 1000)
    assert.isTrue(file.body().proven)
  })

  test('it speaks {$self}')
    .with(['en', 'ru', 'uk'] as const)
    .run(async ({ client, assert }, language) => {
      const title = { en: 'Draw of round 7', ru: 'Розыгрыш раунда 7', uk: 'Розіграш раунду 7' }[language]
      const raffle = await drawnRow(7, players(3))
      const chosen = await client.get(pathOf(raffle)).qs({ lang: language })
      assert.include(chosen.text(), title)
      assert.include(chosen.text(), `<html lang="${language}"`)
      assert.notMatch(chosen.text(), /receipt\.[a-z]+/)
      const asked = await client.get(pathOf(raffle)).header('accept-language', language)
      assert.include(asked.text(), title)
    })

  test('in {language} it writes large numbers as people there do')
    .with([
      { language: 'en', block: 'In block 20,118,442', count: '(1,000)' },
      { language: 'ru', block: 'В блоке 20 118 442', count: '(1 000)' },
      { language: 'uk', block: 'У блоці 20 118 442', count: '(1 000)' },
    ])
    .run(async ({ client, assert }, { language, block, count }) => {
      const raffle = await drawnRow(1200, players(1000))
      const receipt = await RaffleReceipt.findByOrFail('raffleId', raffle.id)
      const { request, ...others } = receipt.facts
      await receipt.merge({ facts: { ...others, request: { ...request, block: 20_118_442 } } }).save()
      const page = await client.get(pathOf(raffle)).qs({ lang: language })
      const text = seen(page.text())
      for (const part of [block, count, `>${count.slice(1, -1)}<`]) assert.include(text, part)
    })

  test('a round that is still open has none, nor has one that is not there', async ({ client }) => {
    const open = await client.get(pathOf(await raffleRow(7, { status: 'open' })))
    open.assertStatus(404)
    const nobody = await client.get('/raffles/0123456789/receipt')
    nobody.assertStatus(404)
  })
})

import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type ChainWallet from '#chain/models/chain_wallet'
import { transaction } from '#core/database/transaction'
import type Customer from '#customers/models/customer'
import { custody, system } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import { entriesPerRound, rafflesEnabled } from '#raffles/settings'
import { WebAddress } from '#bot/web_address'
import { statisticsData } from '#bot/screens/screen_data'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { givenEntry, givenPlayer, givenRound, givenWallet } from '#tests/support/chain/given'
import { resetDatabase } from '#tests/support/database'
import { money, valueOf } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)
const BORIS = { ...ANNA, id: 6_000_000_002, username: 'boris' }
const USDT = 1_000_000n

test.group('Bot: raffle', (group) => {
  let bot: TestBot
  let anna: Customer
  let wallet: ChainWallet

  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(NOWHERE))
  group.each.setup(async () => {
    bot = await startTestBot()
    anna = await CustomerFactory.merge({ telegramId: ANNA.id, username: ANNA.username, firstName: 'Zaphod' }).create()
    wallet = await givenWallet(anna.id)
    return () => app.container.restore(WebAddress)
  })

  const givenPublicUrl = (url: string) => app.container.swap(WebAddress, () => new WebAddress(url))

  test('given no round yet, when opened, then it says so', async ({ assert }) => {
    assert.include(textOf(await bot.say('/raffle')), 'first round has not opened')
  })

  test('given an open round, when opened, then pool, fee, entries and the next draw are there', async ({ assert }) => {
    await givenRound({ round: 12, pool: 40n * USDT, participants: 4 })
    await RaffleSchedule.create({ scheduledAt: bot.clock.now() + 3_600_000, status: 'waiting', createdAt: 1 })
    const screen = screenOf(await bot.say('/raffle'))
    const text = seen(screen.text)
    assert.include(text, 'Raffle, round 12')
    assert.include(text, 'In the pool: <b>40 USDT</b>')
    assert.include(text, 'Entry: <b>10 USDT</b>')
    assert.include(text, 'Entries so far: <b>4</b>')
    assert.include(text, 'Next draw: <b>')
    assert.deepEqual(screen.labels.map(seen), [
      '🎟 Enter for 10 USDT',
      '🎫 My entries',
      '🏆 Past winners',
      '👛 USDT wallet',
      '⬅️ Back',
      '🏠 Home',
    ])
  })

  test('given a round in {language}, when opened, then it speaks that language')
    .with([
      { language: 'ru', words: 'В банке: <b>40,50 USDT</b>' },
      { language: 'uk', words: 'У банку: <b>40,50 USDT</b>' },
    ])
    .run(async ({ assert }, { language, words }) => {
      await givenRound({ pool: 40_500_000n })
      assert.include(textOf(await bot.say('/raffle', { ...BORIS, language_code: language })), words)
    })

  test('given a customer who is in, when opened, then they see it and may enter as often as allowed', async ({
    assert,
  }) => {
    const round = await givenRound()
    await givenPlayer(round, { customerId: anna.id })
    const full = screenOf(await bot.say('/raffle'))
    assert.include(full.text, 'You are in this round')
    assert.notInclude(full.labels.join(), 'Enter for')

    bot.settings.set(entriesPerRound, 2)
    assert.include(screenOf(await bot.say('/raffle')).labels.join(), 'Enter for')
    assert.include(screenOf(await bot.say('/raffle', BORIS)).labels.join(), 'Enter for')
  })

  test('given an entry on its way, when opened, then its button leads to it and none enters', async ({ assert }) => {
    await givenRound()
    const entry = await givenEntry(wallet)
    const screen = screenOf(await bot.say('/raffle'))
    assert.include(screen.text, 'on its way')
    assert.notInclude(screen.labels.join(), 'Enter for')
    assert.include(textOf(await bot.press(screen.data('under way'))), entry.reference)
  })

  test('given a round that is being drawn, when opened, then nobody can enter', async ({ assert }) => {
    await givenRound({ status: 'drawing' })
    const screen = screenOf(await bot.say('/raffle'))
    assert.include(screen.text, 'being drawn right now')
    assert.notInclude(screen.labels.join(), 'Enter for')
  })

  test('given what is switched off, when asked for, then it is hidden and says so', async ({ assert }) => {
    assert.include(screenOf(await bot.say('/menu')).labels, '🎟 Raffle')
    bot.settings.set(rafflesEnabled, false)
    assert.notInclude(screenOf(await bot.say('/menu')).labels, '🎟 Raffle')
    const off = screenOf(await bot.say('/raffle'))
    assert.include(off.text, 'switched off')
    assert.include(off.labels, '👛 USDT wallet')

    bindChain(null)
    bot.settings.set(rafflesEnabled, true)
    assert.notInclude(screenOf(await bot.say('/menu')).labels, '🎟 Raffle')
    const none = screenOf(await bot.press('1:raffle'))
    assert.include(none.text, 'switched off')
    assert.deepEqual(none.labels, ['⬅️ Back', '🏠 Home'])
    assert.notInclude(screenOf(await bot.say('/balance')).labels, '👛 USDT wallet')
    assert.notInclude(screenOf(await bot.say('/help')).text, 'The raffle')
  })

  test('given 11 entries, when paged, then eight come at a time', async ({ assert }) => {
    const rounds = []
    for (let round = 1; round <= 11; round++) rounds.push(await givenRound({ round, status: 'finished', prize: USDT }))
    for (const { id: raffleId } of rounds) await givenEntry(wallet, { raffleId, status: 'confirmed' })
    const first = screenOf(await bot.press('1:raffle_entries'))
    assert.deepEqual(first.labels.map(seen).slice(0, 2), ['✅ Round 11 · 10 USDT', '✅ Round 10 · 10 USDT'])
    const second = screenOf(await bot.press(first.data('▶️')))
    assert.deepEqual(
      second.labels.map(seen).filter((label) => label.includes('Round')),
      ['✅ Round 3 · 10 USDT', '✅ Round 2 · 10 USDT', '✅ Round 1 · 10 USDT']
    )
    assert.notInclude(second.labels, '▶️')
  })

  test('given an entry of a round that was won, when opened, then prize, receipt and transaction are there', async ({
    assert,
  }) => {
    bindChain({ ...NOWHERE, explorerUrl: 'https://scan.example/' })
    givenPublicUrl('https://kontora.example')
    const round = await givenRound({ status: 'finished', prize: 40n * USDT, winnerCustomerId: anna.id, finishedAt: 1 })
    const txHash = `0x${'ab'.repeat(32)}`
    const entry = await givenEntry(wallet, { raffleId: round.id, status: 'confirmed', txHash })
    const list = screenOf(await bot.press('1:raffle_entries'))
    const page = screenOf(await bot.press(list.data('🏆 Round')))
    assert.include(seen(page.text), 'You won this round: <b>40 USDT</b>')
    assert.include(page.text, entry.reference)
    assert.include(page.text, txHash)
    const urls = page.buttons.flatMap(({ url }) => url ?? [])
    assert.deepEqual(urls, [
      `https://kontora.example/raffles/${round.reference}/receipt`,
      `https://scan.example/tx/${txHash}`,
    ])
  })

  test("given somebody else's entry, when asked for, then it leads nowhere", async ({ assert }) => {
    const entry = await givenEntry(wallet)
    assert.include(toastOf(await bot.press(`1:raffle_entry:${entry.reference}`, BORIS))!, 'leads nowhere')
    assert.include(toastOf(await bot.press('1:raffle_entry:0000000000'))!, 'leads nowhere')
  })

  test('given past rounds, when winners are shown, then by short address, with a receipt and no name', async ({
    assert,
  }) => {
    assert.include(textOf(await bot.press('1:raffle_winners')), 'No round has been drawn')
    const finished = {
      status: 'finished',
      prize: 40n * USDT,
      participants: 4,
      finishedAt: Date.UTC(2026, 5, 1),
    } as const
    const winnerKey = '0x12ab000000000000000000000000000000cd90ef'
    const round = await givenRound({ ...finished, round: 7, winnerKey, winnerCustomerId: anna.id })

    const strangers = textOf(await bot.press('1:raffle_winners', BORIS))
    assert.include(strangers, 'Round 7 · Jun 1, 2026\n<b>40 USDT</b> to <code>0x12ab…90ef</code> of 4 entries')
    assert.notInclude(strangers, winnerKey)
    for (const name of [anna.firstName, anna.username!]) assert.notInclude(strangers, name)
    assert.notInclude(strangers, '<a href')

    givenPublicUrl('https://kontora.example')
    const own = textOf(await bot.press('1:raffle_winners'))
    assert.include(own, 'that was you!')
    assert.include(own, `<a href="https://kontora.example/raffles/${round.reference}/receipt">`)
  })

  test('given entries and a win, when My statistics are opened, then they are counted', async ({ assert }) => {
    const round = await givenRound({ status: 'finished', prize: 40n * USDT, winnerCustomerId: anna.id })
    await givenPlayer(round, { customerId: anna.id })
    await givenPlayer(round, { customerId: anna.id, status: 'orphaned' })
    const text = textOf(await bot.press(statisticsData.pack({})))
    assert.include(text, 'Raffle entries: <b>1</b> (10 USDT)')
    assert.include(text, 'Raffle winnings: <b>40 USDT</b>')
    bindChain(null)
    assert.notInclude(textOf(await bot.press(statisticsData.pack({}))), 'Raffle')
  })

  test('given USDT on the chain, when the balance is opened, then it is told apart', async ({ assert }) => {
    const ledger = await app.container.make(Ledger)
    const postings = [{ from: system('clearing:evm', 'USDT'), to: custody(anna.id), amount: money('7', 'USDT') }]
    const actor = { type: 'system' as const, id: null, name: 'test' }
    const deposit = { kind: 'deposit' as const, key: 'test:deposit', postings, actor }
    valueOf(await transaction((trx) => ledger.transfer(trx, deposit)))
    const screen = screenOf(await bot.say('/balance'))
    assert.include(seen(screen.text), 'In the USDT wallet: 7 USDT')
    assert.notInclude(seen(screen.text), '<b>0 USDT</b>')
    assert.include(screen.labels, '👛 USDT wallet')
    assert.include(
      screenOf(await bot.say('/history'))
        .labels.map(seen)
        .join(),
      '+7 USDT · 📥 Deposit'
    )
  })
})

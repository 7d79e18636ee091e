import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { transaction } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import type Customer from '#customers/models/customer'
import { system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { TRANSFER_KINDS, type TransferKind } from '#ledger/transfer_kinds'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { createInvoice, money, valueOf } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { StarsWorld } from '#tests/support/stars/world'
import { DAY } from '#tests/support/test_clock'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: history', (group) => {
  const world = new StarsWorld()
  let bot: TestBot
  let anna: Customer

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    anna = await CustomerFactory.merge({ telegramId: ANNA.id, username: ANNA.username }).create()
    return () => world.teardown()
  })

  async function given(kind: TransferKind, amount: Money, note = Math.random()) {
    const ledger = await app.container.make(Ledger)
    const [from, to] = [system('adjustments', amount.currency), wallet(anna.id, amount.currency)]
    const posted = await transaction((trx) =>
      ledger.transfer(trx, {
        kind,
        key: `test:${note}`,
        postings: [{ from, to, amount }],
        actor: { type: 'system', id: null, name: 'test' },
      })
    )
    valueOf(posted)
  }

  test('given nothing, when opened, then it says so', async ({ assert }) => {
    const screen = screenOf(await bot.say('/history'))
    assert.include(screen.text, 'last 30 days')
    assert.include(screen.text, 'Nothing here yet')
  })

  test('given a paid top-up, when opened, then its amount, state, balance and numbers are there', async ({
    assert,
  }) => {
    const invoice = valueOf(await createInvoice(anna.id, { amount: money('1000.5') }))
    await world.pay(invoice)
    await invoice.refresh()
    const list = screenOf(await bot.press(screenOf(await bot.say('/balance')).data('History')))
    assert.deepEqual(list.labels.map(seen).slice(0, 1), ['+1,000.50 TON · ➕ Top-up · Jun 1'])

    const entry = screenOf(await bot.press(list.data('Top-up')))
    assert.include(seen(entry.text), 'Amount: <b>+1,000.50 TON</b>')
    assert.include(entry.text, 'Status: ✅ completed')
    assert.include(seen(entry.text), 'Balance afterwards: 1,000.50 TON')
    assert.include(entry.text, `What for: invoice ${invoice.reference}`)
    assert.include(entry.text, invoice.providerInvoiceId!)
    const below = screenOf(await bot.press(entry.data('Open the invoice')))
    assert.equal(below.method, 'sendMessage')
    assert.deepEqual(seen(screenOf(await bot.press(entry.data('Back'))).labels[0]), list.labels.map(seen)[0])
  })

  test('given Stars bought from the balance, when opened, then the entry leads to the order', async ({ assert }) => {
    await given('adjustment', money('100'))
    const order = await world.bought(anna, { choice: { stars: 60 } })
    const list = screenOf(await bot.say('/history'))
    assert.include(list.labels.map(seen), '−60 TON · 🛒 Purchase · Jun 1')
    const entry = screenOf(await bot.press(list.data('Purchase')))
    assert.include(entry.text, `Stars, order ${order.reference}`)
    assert.include(textOf(await bot.press(entry.data('order'))), order.reference)
  })

  test('given 23 entries, when paged, then ten come at a time and the way back leads to the same page', async ({
    assert,
  }) => {
    for (let count = 1; count <= 23; count++) await given('grant', money(String(count)), count)
    const entries = (screen: ReturnType<typeof screenOf>) =>
      screen.labels.map(seen).filter((label) => label.includes('TON'))
    const first = screenOf(await bot.say('/history'))
    assert.lengthOf(entries(first), 10)
    const second = screenOf(await bot.press(first.data('▶️')))
    assert.match(entries(second)[0], /^\+13 TON/)
    const third = screenOf(await bot.press(second.data('▶️')))
    assert.lengthOf(entries(third), 3)
    assert.notInclude(third.labels, '▶️')
    assert.deepEqual(entries(screenOf(await bot.press(third.data('◀️')))), entries(second))
    const entry = screenOf(await bot.press(second.data('+13 TON'.replace(' ', '\u00A0'))))
    assert.deepEqual(entries(screenOf(await bot.press(entry.data('Back')))), entries(second))
  })

  test('given several kinds, when one is chosen, then only that one shows', async ({ assert }) => {
    await given('grant', money('1'))
    await given('refund', money('2'))
    const kinds = screenOf(await bot.press(screenOf(await bot.say('/history')).data('All')))
    const refunds = screenOf(await bot.press(kinds.data('Refund')))
    assert.lengthOf(
      refunds.labels.filter((label) => label.includes('TON')),
      1
    )
    assert.include(textOf(await bot.press(kinds.data('Purchase'))), 'Nothing of this kind')
  })

  test('given an old entry, when opened, then it shows no more', async ({ assert }) => {
    await given('grant', money('1'))
    world.clock.advance(31 * DAY)
    assert.include(textOf(await bot.say('/history')), 'Nothing here yet')
  })

  test("given somebody else's entry, when asked for, then it leads nowhere", async ({ assert }) => {
    await given('grant', money('1'))
    const { id } = await db.from('ledger_entries').orderBy('id', 'desc').firstOrFail()
    const boris = { ...ANNA, id: 6_000_000_002 }
    assert.include(toastOf(await bot.press(`1:history_entry:${id}:all:`, boris))!, 'leads nowhere')
    assert.include(toastOf(await bot.press('1:history_entry:999999999:all:'))!, 'leads nowhere')
    assert.include(toastOf(await bot.press('1:history_page:theft:'))!, 'leads nowhere')
  })

  test('given every kind of transfer, when shown, then it has a name in all languages', ({ assert }) => {
    for (const locale of ['en', 'ru', 'uk']) {
      for (const kind of TRANSFER_KINDS) assert.isNotEmpty(bot.deps.texts.plain(locale, `bot_money.kinds.${kind}`))
    }
  })
})

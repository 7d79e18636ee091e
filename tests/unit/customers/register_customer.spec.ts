import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { granted, system } from '#ledger/accounts'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import Customer from '#customers/models/customer'
import { RegisterCustomer } from '#customers/actions/register_customer'
import { welcomeGrant } from '#customers/settings'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { balanceOf, ledgerOf } from '#tests/support/ledger'
import { MINUTE, TestClock } from '#tests/support/test_clock'

const anna = { telegramId: 5_000_000_001, username: 'Anna_K', firstName: 'Anna', lastName: 'Koval', languageTag: 'uk' }

test.group('RegisterCustomer', (group) => {
  let clock: TestClock
  let settings: Settings
  let register: RegisterCustomer

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    clock = new TestClock()
    settings = await app.container.make(Settings)
    register = new RegisterCustomer(clock, settings, await ledgerOf())
  })

  test('given a first update, when registered, then the customer exists with profile, language and a code', async ({
    assert,
  }) => {
    const { customer, created } = await register.handle(anna)

    assert.isTrue(created)
    assert.equal(customer.telegramId, 5_000_000_001)
    assert.equal(customer.language, 'uk')
    assert.equal(customer.displayName, 'Anna Koval')
    assert.equal(customer.searchUsername, 'anna_k')
    assert.equal(customer.searchName, 'anna koval')
    assert.match(customer.referralCode, /^[a-z0-9]{8}$/)
    assert.equal(customer.createdAt, clock.now())
    assert.isNull(customer.startedAt)
  })

  test('given a 52-bit Telegram id, when registered and read again, then it is the same integer', async ({
    assert,
  }) => {
    const telegramId = 2 ** 52 - 1
    await register.handle({ ...anna, telegramId })
    const customer = await Customer.findByOrFail('telegramId', telegramId)
    assert.strictEqual(customer.telegramId, telegramId)
  })

  test('given many first updates at once, when registered, then exactly one customer is made', async ({ assert }) => {
    const registrations = await Promise.all(Array.from({ length: 12 }, () => register.handle(anna)))

    assert.lengthOf(
      registrations.filter(({ created }) => created),
      1
    )
    assert.lengthOf(new Set(registrations.map(({ customer }) => customer.id)), 1)
    assert.lengthOf(await Customer.all(), 1)
  })

  test('given a changed profile, when the next update comes, then it is refreshed', async ({ assert }) => {
    await register.handle(anna)
    clock.advance(MINUTE)
    const { customer, created } = await register.handle({ ...anna, username: null, lastName: null, languageTag: 'ru' })

    assert.isFalse(created)
    await customer.refresh()
    assert.isNull(customer.username)
    assert.isNull(customer.searchUsername)
    assert.equal(customer.displayName, 'Anna')
    assert.equal(customer.language, 'ru')
    assert.equal(customer.updatedAt, clock.now())
    assert.equal(customer.lastActiveAt, clock.now())
  })

  test('given nothing new, when the next update comes, then only the activity moves', async ({ assert }) => {
    const { customer: before } = await register.handle(anna)
    clock.advance(MINUTE)
    const { customer } = await register.handle(anna)

    await customer.refresh()
    assert.equal(customer.updatedAt, before.createdAt)
    assert.equal(customer.lastActiveAt, clock.now())
  })

  test('given a chosen language, when the client reports another, then the choice stays', async ({ assert }) => {
    await CustomerFactory.merge({ telegramId: anna.telegramId, language: 'en', languageChosen: true }).create()
    const { customer } = await register.handle(anna)
    assert.equal(customer.language, 'en')
  })

  test('given an update without a language, when registered again, then the known one stays', async ({ assert }) => {
    await register.handle(anna)
    const { customer } = await register.handle({ ...anna, languageTag: undefined })
    assert.equal(customer.language, 'uk')
  })

  test('given an unreachable customer, when they write, then they are reachable again', async ({ assert }) => {
    const made = await CustomerFactory.apply('unreachable').merge({ telegramId: anna.telegramId }).create()
    await register.handle(anna)

    await made.refresh()
    assert.isNull(made.unreachableAt)
    assert.isNull(made.unreachableReason)
  })

  test('given names a database or a page can choke on, when registered, then they are kept harmlessly', async ({
    assert,
  }) => {
    const { customer } = await register.handle({
      ...anna,
      firstName: 'A\0<b>\u202Eمرحبا</b> 👨‍👩‍👧\ud800',
      lastName: 'x'.repeat(5000),
      languageTag: 'xx-YY',
    })
    await customer.refresh()
    assert.equal(customer.firstName, 'A<b>\u202Eمرحبا</b> 👨‍👩‍👧\ufffd')
    assert.lengthOf(customer.lastName!, 100)
    assert.equal(customer.language, 'en')
  })

  test('given a deleted account without a name, when registered, then it still has something to be called', async ({
    assert,
  }) => {
    const { customer } = await register.handle({ telegramId: 1, firstName: '' })
    assert.equal(customer.displayName, `#${customer.id}`)
  })

  test('given a first update, when registered, then the welcome grant is there, once and from nowhere', async ({
    assert,
  }) => {
    const registrations = await Promise.all(Array.from({ length: 4 }, () => register.handle(anna)))
    const { id } = registrations[0].customer

    assert.equal(await balanceOf(granted(id)), 1_000_000n)
    assert.equal(await balanceOf(system('issuance', 'PRED')), -1_000_000n)
    const [transfer, ...others] = await LedgerTransfer.all()
    assert.isEmpty(others)
    assert.containSubset(transfer.$attributes, { kind: 'grant', referenceType: 'welcome', actorType: 'system' })
  })

  test('given another welcome grant in the settings, when registered, then it is that; 0 is none', async ({
    assert,
  }) => {
    await transaction((trx) => settings.set(trx, welcomeGrant, 25))
    const { customer } = await register.handle(anna)
    assert.equal(await balanceOf(granted(customer.id)), 2500n)

    await transaction((trx) => settings.set(trx, welcomeGrant, 0))
    await register.handle({ ...anna, telegramId: 7 })
    assert.lengthOf(await LedgerTransfer.all(), 1)
  })

  test('given a clock that went back, when an update comes, then the last activity does not', async ({ assert }) => {
    const { customer } = await register.handle(anna)
    clock.advance(-MINUTE)
    await register.handle(anna)
    const row = await db.from('customers').where('id', customer.id).firstOrFail()
    assert.equal(row.last_active_at, customer.lastActiveAt)
  })
})

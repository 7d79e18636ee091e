import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { PersonalDataRegistry } from '#core/registries/personal_data_registry'
import { AnonymiseCustomer } from '#customers/actions/anonymise_customer'
import { RegisterCustomer } from '#customers/actions/register_customer'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { ledgerOf } from '#tests/support/ledger'
import { RecordingAudit } from '#tests/support/recording_audit'
import { TestClock } from '#tests/support/test_clock'

const actor: Actor = { type: 'admin', id: 7, name: 'Olena' }

test.group('AnonymiseCustomer', (group) => {
  const clock = new TestClock()
  group.each.setup(() => resetDatabase())

  test('given a customer, when anonymised, then the ids stay and the person is gone', async ({ assert }) => {
    const audit = new RecordingAudit()
    const personalData = new PersonalDataRegistry()
    const erased: unknown[] = []
    personalData.register({ erase: async (_trx, subject) => void erased.push(subject) })
    const customer = await CustomerFactory.merge({ timeZone: 'Europe/Kyiv' }).create()
    const { id, telegramId, referralCode, username } = customer

    const anonymise = new AnonymiseCustomer(clock, audit, personalData)
    await anonymise.handle({ customerId: id, actor })

    await customer.refresh()
    assert.containsSubset(customer.$attributes, {
      id,
      telegramId,
      referralCode,
      username: null,
      firstName: '',
      lastName: null,
      searchUsername: null,
      searchName: '',
      timeZone: null,
      anonymisedAt: clock.now(),
    })
    assert.equal(customer.displayName, `#${id}`)
    assert.deepEqual(erased, [{ customerId: id, telegramId }])
    assert.notInclude(JSON.stringify(audit.entries), username!)
    assert.deepInclude(await anonymise.handle({ customerId: id, actor }), { ok: false })
    assert.deepInclude(await anonymise.handle({ customerId: 999, actor }), { ok: false })
  })

  test('given a room that fails to erase its part, when anonymised, then nothing is', async ({ assert }) => {
    const personalData = new PersonalDataRegistry()
    personalData.register({ erase: () => Promise.reject(new Error('disk')) })
    const customer = await CustomerFactory.create()

    const anonymise = new AnonymiseCustomer(clock, new RecordingAudit(), personalData)
    await assert.rejects(() => anonymise.handle({ customerId: customer.id, actor }), 'disk')

    await customer.refresh()
    assert.isFalse(customer.isAnonymised)
  })

  test('given an anonymised customer, when they write again, then they are a customer as any', async ({ assert }) => {
    const customer = await CustomerFactory.merge({ firstName: '', anonymisedAt: clock.now() }).create()
    await new RegisterCustomer(clock, await app.container.make(Settings), await ledgerOf()).handle({
      telegramId: customer.telegramId,
      firstName: 'Anna',
    })
    await customer.refresh()
    assert.isFalse(customer.isAnonymised)
    assert.equal(customer.firstName, 'Anna')
  })
})

import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import i18nManager from '@adonisjs/i18n/services/main'
import type { ApiClient } from '@japa/api-client'
import { parseJson } from '#core/database/columns'
import { Settings } from '#core/contracts/settings'
import { dailyCap, defaultTimeZone, quietHours } from '#broadcasts/settings'
import { channelTopics } from '#notifications/alerts/settings'
import { bonusFromBalance, fragmentDailyBudget } from '#stars/settings'
import type Admin from '#staff/models/admin'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

const save = (client: ApiClient, admin: Admin, group: string, fields: Record<string, string>) =>
  loginAs(client.post(`/admin/settings/${group}`).form(fields).redirects(0), admin)

const changedTo = (value: string, shown: string, name: string) => ({ [name]: value, [`shown__${name}`]: shown })

test.group('Settings', (group) => {
  let settings: Settings
  group.each.setup(async () => {
    await resetDatabase()
    settings = await app.container.make(Settings)
    settings.forget()
    return () => settings.forget()
  })

  test('every setting and every group has words', ({ assert }) => {
    const i18n = i18nManager.locale('en')
    const wordless = settings
      .definitions()
      .flatMap(({ key, group: name }) =>
        [`fields.${key}.label`, `fields.${key}.help`, `groups.${name}.title`, `groups.${name}.help`].filter(
          (text) => !i18n.hasMessage(`panel.settings.${text}`)
        )
      )
    assert.deepEqual(wordless, [])
  })

  test('a change is stored, holds at once and is in the audit log with before and after', async ({
    client,
    assert,
  }) => {
    const admin = await createAdmin()
    const fields = {
      ...changedTo('3', '0', 'broadcasts__daily_cap'),
      ...changedTo('on', '', 'broadcasts__quiet_hours'),
    }
    const response = await save(client, admin, 'broadcasts', fields)

    response.assertHeader('location', '/admin/settings#broadcasts')
    assert.equal(await settings.get(dailyCap), 3)
    assert.isTrue(await settings.get(quietHours))
    const entry = await db.from('audit_entries').where('action', 'settings.changed').firstOrFail()
    assert.deepEqual(parseJson(entry.before), { 'broadcasts.daily_cap': 0, 'broadcasts.quiet_hours': false })
    assert.deepEqual(parseJson(entry.after), { 'broadcasts.daily_cap': 3, 'broadcasts.quiet_hours': true })
  })

  test('one value that is not admitted keeps all of them out, and the form says which', async ({ client, assert }) => {
    const fields = {
      ...changedTo('3', '0', 'broadcasts__daily_cap'),
      ...changedTo('Kyiv', 'UTC', 'broadcasts__default_time_zone'),
    }
    const response = await save(client, await createAdmin(), 'broadcasts', fields)

    assert.deepEqual(response.flashMessage('inputErrorsBag'), {
      broadcasts__default_time_zone: ['Time zone of customers is not a time zone such as Europe/Kyiv.'],
    })
    assert.equal(response.flashMessage('broadcasts__daily_cap'), '3')
    assert.equal(await settings.get(dailyCap), 0)
    assert.equal(await settings.get(defaultTimeZone), 'UTC')
  })

  test('{value} is no number of broadcasts')
    .with([{ value: '' }, { value: '-1' }, { value: '101' }, { value: '1.5' }, { value: '1e2' }, { value: 'many' }])
    .run(async ({ client, assert }, { value }) => {
      const fields = changedTo(value, '0', 'broadcasts__daily_cap')
      const response = await save(client, await createAdmin(), 'broadcasts', fields)
      assert.property(response.flashMessage('inputErrorsBag'), 'broadcasts__daily_cap')
      assert.equal(await settings.get(dailyCap), 0)
    })

  test('a number may be written in groups', async ({ client, assert }) => {
    const fields = changedTo('1 000', '6000', 'bot__updates_per_minute')
    await save(client, await createAdmin(), 'bot', fields)
    const definition = settings.definitions().find(({ key }) => key === 'bot.updates_per_minute')!
    assert.equal(await settings.get(definition), 1000)
  })

  test('broken JSON is refused', async ({ client, assert }) => {
    const admin = await createAdmin()
    for (const value of ['{"disk": ', '[1]', '{"disk": "x"}']) {
      const response = await save(client, admin, 'alerts', changedTo(value, '{}', 'alerts__channel_topics'))
      assert.property(response.flashMessage('inputErrorsBag'), 'alerts__channel_topics')
    }
    assert.deepEqual(await settings.get(channelTopics), {})
  })

  test('what somebody else changed meanwhile stays', async ({ client, assert }) => {
    const admin = await createAdmin()
    await save(client, admin, 'broadcasts', changedTo('5', '0', 'broadcasts__daily_cap'))
    const staleForm = {
      ...changedTo('0', '0', 'broadcasts__daily_cap'),
      ...changedTo('on', '', 'broadcasts__quiet_hours'),
    }
    await save(client, admin, 'broadcasts', staleForm)

    assert.equal(await settings.get(dailyCap), 5)
    assert.isTrue(await settings.get(quietHours))
  })

  test('saving nothing writes nothing', async ({ client, assert }) => {
    const response = await save(client, await createAdmin(), 'broadcasts', changedTo('0', '0', 'broadcasts__daily_cap'))

    response.assertFlashMessage('success', 'Nothing was different: nothing was saved.')
    assert.lengthOf(await db.from('audit_entries').where('action', 'settings.changed'), 0)
  })

  test('an unknown group leads back', async ({ client }) => {
    const response = await save(client, await createAdmin(), 'nonsense', { x: '1' })
    response.assertHeader('location', '/admin/settings')
  })

  test('what guards money is changed by owners alone, and nothing beside it slips through', async ({
    client,
    assert,
  }) => {
    const fields = {
      ...changedTo('on', '', 'stars__bonus_from_balance'),
      ...changedTo('100000', '100', 'stars__fragment_daily_budget'),
    }
    const manager = await createAdmin({ role: 'manager' })
    for (const [name, refused] of [
      ['ledger', changedTo('', '100', 'ledger__approval_above_ton')],
      ['stars', fields],
    ] as const) {
      const response = await save(client, manager, name, refused)
      response.assertStatus(403)
    }
    assert.lengthOf(await db.from('settings'), 0)

    await save(client, manager, 'stars', changedTo('on', '', 'stars__bonus_from_balance'))
    assert.isTrue(await settings.get(bonusFromBalance))
    await save(
      client,
      await createAdmin({ role: 'owner' }),
      'stars',
      changedTo('50', '100', 'stars__fragment_daily_budget')
    )
    assert.equal(await settings.get(fragmentDailyBudget), '50')
  })

  test('a group can change its own settings alone', async ({ client, assert }) => {
    await save(client, await createAdmin(), 'bot', changedTo('7', '0', 'broadcasts__daily_cap'))
    assert.equal(await settings.get(dailyCap), 0)
  })
})

import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { defineSetting, type SettingDefinition } from '#core/contracts/settings'
import { DatabaseSettings } from '#system/settings/database_settings'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'
import { runScript } from '#tests/support/processes'

const DAILY_CAP = defineSetting({
  key: 'broadcasts.daily_cap',
  default: 3,
  group: 'broadcasts',
  kind: 'integer',
  min: 0,
  max: 100,
})

const GREETING = defineSetting({ key: 'bot.greeting', default: 'Hello', group: 'bot', kind: 'text' })

async function settingsOn(clock: Clock) {
  const resolver = app.container.createResolver()
  resolver.bindValue(Clock, clock)
  return resolver.make(DatabaseSettings)
}

const inOtherProcess = (definition: SettingDefinition<any>, value: unknown) =>
  runScript(new URL('scripts/set_setting.ts', import.meta.url), [definition, value])

test.group('Settings', (group) => {
  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())

  test('given nothing stored, then the default counts', async ({ assert }) => {
    const settings = await settingsOn(new TestClock())
    assert.equal(await settings.get(DAILY_CAP), 3)
    assert.equal(await transaction((trx) => settings.getIn(trx, DAILY_CAP)), 3)
  })

  test('several are read at once, in the order asked, stored or not', async ({ assert }) => {
    const settings = await settingsOn(new TestClock())
    await transaction((trx) => settings.set(trx, DAILY_CAP, 9))
    const values = await transaction((trx) => settings.getManyIn(trx, [GREETING, DAILY_CAP, GREETING]))
    assert.deepEqual(values, [GREETING.default, 9, GREETING.default])
  })

  test('given a change, then it counts inside its transaction at once and outside after the commit', async ({
    assert,
  }) => {
    const settings = await settingsOn(new TestClock())
    assert.equal(await settings.get(DAILY_CAP), 3)
    await transaction(async (trx) => {
      await settings.set(trx, DAILY_CAP, 7)
      assert.equal(await settings.getIn(trx, DAILY_CAP), 7)
    })
    assert.equal(await settings.get(DAILY_CAP), 7)
  })

  test('given a change that is rolled back, then nothing of it remains', async ({ assert }) => {
    const settings = await settingsOn(new TestClock())
    await assert.rejects(() =>
      transaction(async (trx) => {
        await settings.set(trx, DAILY_CAP, 7)
        throw new Error('late')
      })
    )
    assert.equal(await settings.get(DAILY_CAP), 3)
  })

  test('given a change in another process, then it is seen after two seconds and cached before', async ({ assert }) => {
    const clock = new TestClock()
    const settings = await settingsOn(clock)
    assert.equal(await settings.get(DAILY_CAP), 3)
    await inOtherProcess(DAILY_CAP, 9)

    clock.advance(1999)
    assert.equal(await settings.get(DAILY_CAP), 3)
    clock.advance(1)
    assert.equal(await settings.get(DAILY_CAP), 9)
  })

  test('given nothing new, then a read costs no query within two seconds', async ({ assert }) => {
    const clock = new TestClock()
    const settings = await settingsOn(clock)
    let queries = 0
    const { client } = db.connection().getReadClient()
    const count = () => queries++
    client.on('query', count)
    await Promise.all(Array.from({ length: 50 }, () => settings.get(DAILY_CAP)))
    assert.equal(queries, 2)
    clock.advance(2000)
    await settings.get(DAILY_CAP)
    assert.equal(queries, 3)
    client.off('query', count)
  })

  test('given concurrent writers, then each change gets its own version', async ({ assert }) => {
    const settings = await settingsOn(new TestClock())
    const definitions = Array.from({ length: 10 }, (_, i) => ({ ...DAILY_CAP, key: `test.${i}` }))
    await Promise.all(definitions.map((definition, i) => transaction((trx) => settings.set(trx, definition, i))))
    const versions = await db.from('settings').orderBy('version').select('version')
    assert.equal(new Set(versions.map(({ version }) => version)).size, 10)
  })

  test('given a value that the definition no longer admits, then the default counts', async ({ assert }) => {
    const settings = await settingsOn(new TestClock())
    await transaction((trx) => settings.set(trx, DAILY_CAP, 50))
    assert.equal(await settings.get({ ...DAILY_CAP, max: 10 }), 3)
  })
})

test.group('Settings | bad values', (group) => {
  group.each.setup(() => resetDatabase())

  const text = { key: 'a', default: '', group: 'a', kind: 'text', maxLength: 5 } as const
  const choice = { key: 'a', default: 'x', group: 'a', kind: 'choice', choices: ['x', 'y'] } as const
  const time = { key: 'a', default: '09:00', group: 'a', kind: 'time' } as const
  const flag = { key: 'a', default: true, group: 'a', kind: 'boolean' } as const

  test('{definition.kind} refuses {value}')
    .with([
      { definition: DAILY_CAP, value: -1, message: /must be at least 0/ },
      { definition: DAILY_CAP, value: 101, message: /must be at most 100/ },
      { definition: DAILY_CAP, value: 1.5, message: /whole number/ },
      { definition: DAILY_CAP, value: '7', message: /whole number/ },
      { definition: text, value: 'longer', message: /not be longer than 5/ },
      { definition: text, value: 5, message: /must be text/ },
      { definition: choice, value: 'z', message: /one of x, y/ },
      { definition: time, value: '24:00', message: /time of day/ },
      { definition: flag, value: 'yes', message: /true or false/ },
    ])
    .run(async ({ assert }, { definition, value, message }) => {
      const settings = await settingsOn(new TestClock())
      await assert.rejects(
        () => transaction((trx) => settings.set(trx, definition as SettingDefinition<any>, value)),
        message
      )
      assert.isNull(await db.from('settings').first())
    })

  test('a default that its own definition refuses is a programming error', async ({ assert }) => {
    const settings = await settingsOn(new TestClock())
    assert.throws(() => settings.register([{ ...DAILY_CAP, default: 500 }]), /default of the setting/)
  })
})

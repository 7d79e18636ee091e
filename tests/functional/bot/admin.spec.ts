import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { CreateLinkCode } from '#staff/actions/create_link_code'
import { UnlinkAdminTelegram } from '#staff/actions/unlink_admin_telegram'
import type Admin from '#staff/models/admin'
import type { Role } from '#staff/roles'
import { ADMIN_PASSWORD, AdminFactory } from '#database/factories/admin_factory'
import { CustomerFactory } from '#database/factories/customer_factory'
import { actorOf } from '#bot/admin/for_admins'
import { screenOf, startTestBot, toastOf, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { ANNA } from '#tests/support/updates'

const UNKNOWN = 'I don’t know this command'
const boris = { ...ANNA, id: 6_000_000_002, first_name: 'Boris' }

test.group('Bot: admins', (group) => {
  let bot: TestBot

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    bot = await startTestBot()
  })

  const givenAdmin = (role: Role = 'owner') =>
    AdminFactory.merge({ role, fullName: 'Olena <Owner>', telegramId: ANNA.id }).create()

  async function codeFor(admin: Admin) {
    const create = await bot.deps.make(CreateLinkCode)
    const created = await create.handle({ adminId: admin.id, password: ADMIN_PASSWORD })
    if (!created.ok) throw new Error(`No code was made: ${created.refusal.code}`)
    return created.value.code
  }

  test('given a code from the panel, when it is sent, then the account is linked and its commands appear', async ({
    assert,
  }) => {
    const admin = await AdminFactory.merge({ role: 'manager', telegramId: null }).create()
    const calls = await bot.say(`/link ${await codeFor(admin)}`)

    await admin.refresh()
    assert.equal(admin.telegramId, ANNA.id)
    assert.include(screenOf(calls).text, 'now belongs to the admin')
    const { payload } = calls.find(({ method }) => method === 'setMyCommands')!
    assert.deepEqual(payload.scope, { type: 'chat', chat_id: ANNA.id })
    assert.includeMembers(
      payload.commands.map(({ command }: { command: string }) => command),
      ['start', 'admin', 'broadcast']
    )
    assert.include(screenOf(await bot.say('/menu')).labels, '🛠 Administration')
  })

  test('given a link with the code, when it is opened, then it links as well', async ({ assert }) => {
    const admin = await AdminFactory.merge({ role: 'owner', telegramId: null }).create()
    await bot.say(`/start link_${await codeFor(admin)}`)
    await admin.refresh()
    assert.equal(admin.telegramId, ANNA.id)
  })

  test('given a wrong code, when it is tried again and again, then it stays wrong and soon may not be tried', async ({
    assert,
  }) => {
    for (let attempt = 0; attempt < 5; attempt++) {
      assert.include(screenOf(await bot.say('/link WRONG123')).text, 'wrong, used up or older')
    }
    assert.include(screenOf(await bot.say('/link WRONG123')).text, 'Too many wrong codes')
    assert.include(screenOf(await bot.say('/link')).text, UNKNOWN)
  })

  test('given a code that was used, when somebody else sends it, then nothing is linked', async ({ assert }) => {
    const admin = await AdminFactory.merge({ telegramId: null }).create()
    const code = await codeFor(admin)
    await bot.say(`/link ${code}`)
    assert.include(screenOf(await bot.say(`/link ${code}`, boris)).text, 'wrong, used up or older')
    await admin.refresh()
    assert.equal(admin.telegramId, ANNA.id)
  })

  test('given no admin, when {$self} is sent, then it is a command like any unknown one')
    .with(['/admin', '/stats', '/broadcast', '/debug'])
    .run(async ({ assert }, command) => {
      const unknown = await bot.say('/no_such_command')
      const calls = await bot.say(command)
      assert.deepEqual(calls, unknown)
      assert.include(screenOf(calls).text, UNKNOWN)
    })

  test('given an admin who was unlinked or disabled, when they try, then they are nobody special', async ({
    assert,
  }) => {
    const admin = await givenAdmin()
    assert.include(screenOf(await bot.say('/admin')).text, 'Administration')
    const unlink = await app.container.make(UnlinkAdminTelegram)
    await unlink.handle({ adminId: admin.id, actor: actorOf(admin) })
    assert.include(screenOf(await bot.say('/admin')).text, UNKNOWN)

    await admin.merge({ telegramId: ANNA.id, disabledAt: 1 }).save()
    assert.include(screenOf(await bot.say('/admin')).text, UNKNOWN)
  })

  test('given the button {$self} from an admin’s chat, when a customer forges it, then it leads nowhere')
    .with(['1:admin', '1:figures', '1:debug', '1:compose', '1:alerts:true', '1:send_broadcast:1:1'])
    .run(async ({ assert }, data) => {
      assert.include(toastOf(await bot.press(data))!, 'leads nowhere')
    })

  test('given the role {role}, when /admin is opened, then its rights decide the buttons')
    .with([
      { role: 'owner', labels: ['📈 Statistics', '📣 Write a broadcast', '🔔 Alerts: on', '🧰 Debug'] },
      { role: 'manager', labels: ['📈 Statistics', '📣 Write a broadcast', '🔔 Alerts: on'] },
      { role: 'support', labels: ['📈 Statistics', '🔔 Alerts: on'] },
      { role: 'read-only', labels: ['📈 Statistics', '🔔 Alerts: on'] },
    ] as Array<{ role: Role; labels: string[] }>)
    .run(async ({ assert }, { role, labels }) => {
      await givenAdmin(role)
      const screen = screenOf(await bot.say('/admin'))
      assert.deepEqual(screen.labels, [...labels, '⬅️ Back', '🏠 Home'])
      assert.include(screen.text, '<b>Olena &lt;Owner&gt;</b>')
    })

  test('given a role without the right, when {$self} is used all the same, then it is refused in words')
    .with(['/broadcast', '/debug'])
    .run(async ({ assert }, command) => {
      await givenAdmin('support')
      assert.include(screenOf(await bot.say(command)).text, 'Your role does not include this')
      assert.include(screenOf(await bot.press(`1:${command === '/debug' ? 'debug' : 'compose'}`)).text, 'Your role')
      const { flow } = await bot.deps.sessions.read(ANNA.id)
      assert.isNull(flow)
    })

  test('given alerts, when switched off and on, then the choice is kept and audited', async ({ assert }) => {
    const admin = await givenAdmin()
    const off = screenOf(await bot.press('1:alerts:false'))
    assert.include(off.labels, '🔕 Alerts: off')
    await admin.refresh()
    assert.isFalse(Boolean(admin.receivesAlerts))
    await bot.press(off.data('Alerts'))
    await admin.refresh()
    assert.isTrue(Boolean(admin.receivesAlerts))
    assert.lengthOf(await db.from('audit_entries').where('action', 'admin.alerts_changed'), 2)
  })

  test('given customers, when /stats is asked, then the numbers are true', async ({ assert }) => {
    await givenAdmin()
    const now = bot.clock.now()
    await CustomerFactory.merge({ lastActiveAt: now }).createMany(2)
    await CustomerFactory.apply('banned').create()
    await CustomerFactory.apply('unreachable').create()
    const { text } = screenOf(await bot.say('/stats'))
    assert.include(text, 'Customers: <b>5</b>')
    assert.include(text, 'New in 24 hours: <b>1</b>')
    assert.include(text, 'Active in 24 hours: <b>3</b>')
    assert.include(text, 'Unreachable: <b>1</b>')
    assert.include(text, 'Banned: <b>1</b>')
  })

  test('given the owner, when /debug is asked, then it tells the state and no secret', async ({ assert }) => {
    await givenAdmin()
    const { text } = screenOf(await bot.say('/debug'))
    assert.include(text, '@kontora_bot')
    assert.include(text, 'Pending tasks: 0')
    for (const secret of [
      process.env.APP_KEY!,
      process.env.TELEGRAM_BOT_TOKEN!,
      process.env.DATABASE_URL ?? 'postgres://',
    ]) {
      assert.notInclude(text, secret)
    }
  })
})

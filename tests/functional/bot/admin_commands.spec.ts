import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { CreateLinkCode } from '#staff/actions/create_link_code'
import { DisableAdmin } from '#staff/actions/disable_admin'
import { EnableAdmin } from '#staff/actions/enable_admin'
import { UnlinkAdminTelegram } from '#staff/actions/unlink_admin_telegram'
import type Admin from '#staff/models/admin'
import { SandboxServer } from '#sandbox/server'
import { CommandMenus } from '#bot/runner/command_menus'
import { startTestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { runBot } from '#tests/support/running_bot'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'
import { eventually } from '#tests/support/telegram/sender_world'

const SYSTEM = { type: 'system', id: null, name: 'system' } as const

test.group('Bot: commands of admins', (group) => {
  let sandbox: SandboxServer
  let admin: Admin
  let person: ReturnType<SandboxServer['customer']>
  let stop: () => Promise<void> = async () => {}

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    sandbox = await SandboxServer.start()
    person = sandbox.customer({ first_name: 'Olena', language_code: 'en' })
    admin = await createAdmin({ role: 'manager' })
    return async () => {
      await stop()
      await sandbox.stop()
    }
  })

  async function givenBot() {
    const { runner } = await runBot({
      token: sandbox.token,
      apiRoot: sandbox.url,
      sweepEveryMs: 20,
      menusEveryMs: 20,
    })
    stop = () => runner.stop()
  }

  async function link() {
    const create = await app.container.make(CreateLinkCode)
    const created = await create.handle({ adminId: admin.id, password: ADMIN_PASSWORD })
    if (!created.ok) throw new Error(created.refusal.code)
    sandbox.start(person, `link_${created.value.code}`)
    await eventually(shown)
  }

  /** What Telegram shows in the chat beside what it shows to everybody. */
  const commands = () => sandbox.world.bot.commands.get(`chat:${person.id}|`)
  const shown = async () => commands() !== undefined
  const gone = async () => commands() === undefined && (await db.from('bot_admin_chats').first()) === null

  test('given an admin who unlinks, then Telegram shows them the commands of everybody', async ({ assert }) => {
    await givenBot()
    await link()
    const unlink = await app.container.make(UnlinkAdminTelegram)
    await unlink.handle({ adminId: admin.id, actor: SYSTEM })
    await eventually(gone)
    assert.isTrue(await gone())
  })

  test('given an admin who is disabled and enabled again, then their commands go and come back', async ({ assert }) => {
    await givenBot()
    await link()
    const [disable, enable] = [await app.container.make(DisableAdmin), await app.container.make(EnableAdmin)]
    await disable.handle({ adminId: admin.id, actor: SYSTEM })
    await eventually(gone)
    await enable.handle({ adminId: admin.id, actor: SYSTEM })
    await eventually(shown)
    assert.isTrue(await shown())
  })

  test('given an admin who unlinks while no bot runs, then the next one withdraws the commands', async ({ assert }) => {
    await givenBot()
    await link()
    await stop()
    const unlink = await app.container.make(UnlinkAdminTelegram)
    await unlink.handle({ adminId: admin.id, actor: SYSTEM })
    await givenBot()
    await eventually(gone)
    assert.isTrue(await gone())
  })

  test('given a chat that is gone, when commands are published, then that is no trouble', async ({ assert }) => {
    const bot = await startTestBot()
    await admin.merge({ telegramId: person.id }).save()
    bot.refusals.set('setMyCommands', { error_code: 400, description: 'Bad Request: chat not found' })
    const menus = new CommandMenus(bot.bot.api, bot.directory, bot.deps.texts, bot.deps.adminChats)
    await menus.publishForAdmin(person.id)
    assert.deepEqual(await bot.deps.adminChats.all(), [person.id])

    bot.refusals.set('deleteMyCommands', { error_code: 400, description: 'Bad Request: chat not found' })
    await admin.merge({ telegramId: null }).save()
    await menus.reconcile()
    assert.isEmpty(await bot.deps.adminChats.all())
  })
})

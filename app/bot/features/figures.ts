import { Composer } from 'grammy'
import db from '@adonisjs/lucid/services/db'
import { CustomerFiguresQuery } from '#customers/queries/customer_figures_query'
import { forAdmins, onAdminCallback } from '#bot/admin/for_admins'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'
import { adminData, figuresData } from '#bot/screens/admin_data'
import { navigation } from '#bot/screens/screen'

/** Counting the outbox stops here: it may hold a million rows. */
const MANY = 10_000

/** The numbers an admin asks for on the way. */
export function figuresFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.command('stats', forAdmins('dashboard.view', showFigures))
  composer.use(onAdminCallback(figuresData, 'dashboard.view', showFigures))
  return { composer, commands: [{ name: 'stats', audience: 'admins' }] }
}

async function showFigures(ctx: BotContext) {
  const customers = await new CustomerFiguresQuery().run(ctx.deps.clock.now())
  const text = ctx.t('bot_admin.figures', {
    ...customers,
    waiting: await waitingMessages(),
    sending: await broadcastsUnderWay(),
  })
  await ctx.show({ text, keyboard: navigation(ctx, adminData.pack({})) })
}

/** News of payments, orders and the like; broadcasts have their own progress in the panel. */
async function waitingMessages() {
  const due = db.from('notifications').whereNull('broadcast_id').whereIn('status', ['PENDING', 'FAILED'])
  const rows = await due.limit(MANY).select('id')
  return rows.length
}

async function broadcastsUnderWay() {
  const rows = await db.from('broadcasts').whereIn('status', ['scheduled', 'sending', 'paused']).whereNull('test_of')
  return rows.length
}

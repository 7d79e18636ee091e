import { Composer } from 'grammy'
import db from '@adonisjs/lucid/services/db'
import type Admin from '#staff/models/admin'
import { CustomerFiguresQuery } from '#customers/queries/customer_figures_query'
import { MarketFiguresQuery } from '#markets/queries/market_figures_query'
import { ReceivedPaymentsQuery } from '#payments/queries/received_payments_query'
import { DeliveryQueueQuery } from '#stars/queries/delivery_queue_query'
import { StarsFiguresQuery } from '#stars/queries/stars_figures_query'
import { MoneyOverviewQuery } from '#stats/queries/money_overview_query'
import { forAdmins, onAdminCallback } from '#bot/admin/for_admins'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'
import { adminData, figuresData } from '#bot/screens/admin_data'
import { sumsText } from '#bot/money/sums_text'
import { navigation } from '#bot/screens/screen'

/** Counting the outbox stops here: it may hold a million rows. */
const MANY = 10_000

const DAY_MS = 86_400_000

/** The numbers an admin asks for on the way. */
export function figuresFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.command('stats', forAdmins('dashboard.view', showFigures))
  composer.use(onAdminCallback(figuresData, 'dashboard.view', showFigures))
  return { composer, commands: [{ name: 'stats', audience: 'admins' }] }
}

async function showFigures(ctx: BotContext, admin: Admin) {
  const customers = await new CustomerFiguresQuery().run(ctx.deps.clock.now())
  const sending = { waiting: await waitingMessages(), sending: await broadcastsUnderWay() }
  const seesMoney = admin.may('stars.view') && admin.may('payments.view')
  const parts = [
    ctx.t('bot_admin.figures', { ...customers }),
    ...(seesMoney ? [ctx.t('bot_admin.figures_money', await moneyFigures(ctx))] : []),
    ...(admin.may('markets.view') ? [ctx.t('bot_admin.figures_markets', await marketFigures(ctx))] : []),
    ctx.t('bot_admin.figures_sending', sending),
  ]
  await ctx.show({ text: parts.join('\n\n'), keyboard: navigation(ctx, adminData.pack({})) })
}

/** Sales and payments of the last 24 hours, and what waits for a person. */
async function moneyFigures(ctx: BotContext) {
  const until = ctx.deps.clock.now()
  const day = { from: until - DAY_MS, until }
  const sales = await new StarsFiguresQuery().run(day)
  const received = await new ReceivedPaymentsQuery().run(day)
  const { toDeliver, needAttention } = await new DeliveryQueueQuery().run()
  const overview = await ctx.make(MoneyOverviewQuery)
  return {
    orders: sales.reduce((total, { orders }) => total + orders, 0),
    revenue: sumsText(
      ctx,
      sales.map(({ revenue }) => revenue)
    ),
    payments: received.payments,
    received: sumsText(ctx, received.sums),
    to_deliver: toDeliver,
    attention: needAttention,
    breaks: await overview.openBreaks(),
  }
}

async function marketFigures(ctx: BotContext) {
  const until = ctx.deps.clock.now()
  const { toResolve, ...figures } = await new MarketFiguresQuery().run({ from: until - DAY_MS, until })
  return { ...figures, to_resolve: toResolve }
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

import { Composer } from 'grammy'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { LiveProcessesQuery } from '#system/processes/live_processes_query'
import { QueueFiguresQuery } from '#system/queries/queue_figures_query'
import { VERSION } from '#system/version'
import { forAdmins, onAdminCallback } from '#bot/admin/for_admins'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'
import { isOwner } from '#bot/features/admin'
import { UpdateStore } from '#bot/inbox/update_store'
import { BotStatus } from '#bot/runner/bot_status'
import { adminData, debugData } from '#bot/screens/admin_data'
import { navigation } from '#bot/screens/screen'

/** How the machinery is doing, for the owner. Names engines and figures, never an address or a secret. */
export function debugFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.command('debug', forAdmins(isOwner, showDebug))
  composer.use(onAdminCallback(debugData, isOwner, showDebug))
  return { composer, commands: [{ name: 'debug', audience: 'admins' }] }
}

async function showDebug(ctx: BotContext) {
  const text = ctx.t('bot_admin.debug', {
    ...(await bot(ctx)),
    ...(await engines()),
    ...(await work(ctx)),
    ...machine(),
  })
  await ctx.show({ text, keyboard: navigation(ctx, adminData.pack({})) })
}

async function bot(ctx: BotContext) {
  const status = await ctx.make(BotStatus)
  const minutes = Math.floor((ctx.deps.clock.now() - (status.startedAt ?? ctx.deps.clock.now())) / 60_000)
  return { username: ctx.me.username, transport: status.state, minutes }
}

async function engines() {
  const startedAt = performance.now()
  await db.rawQuery('SELECT 1')
  const milliseconds = Math.max(1, Math.round(performance.now() - startedAt))
  return { database: db.primaryConnectionName, milliseconds, cache: env.get('REDIS_URL') ? 'Redis' : 'database' }
}

async function work(ctx: BotContext) {
  const now = ctx.deps.clock.now()
  const queue = await new QueueFiguresQuery().run(now)
  const updates = await ctx.make(UpdateStore)
  const { waiting } = await updates.backlog()
  const workers = await new LiveProcessesQuery().count('worker', now)
  return { due: queue.due, oldest: queue.oldestDueSeconds, failed: queue.failed, updates: waiting, workers }
}

function machine() {
  return { version: VERSION, node: process.version, memory: Math.round(process.memoryUsage.rss() / 1024 / 1024) }
}

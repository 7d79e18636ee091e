import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { isPostgres } from '#core/database/dialect'
import { CreateBroadcast } from '#broadcasts/actions/create_broadcast'
import { ScheduleBroadcast } from '#broadcasts/actions/schedule_broadcast'
import { StartBroadcast } from '#broadcasts/actions/start_broadcast'
import { UpdateBroadcast } from '#broadcasts/actions/update_broadcast'
import { FanOut } from '#broadcasts/ticks/fan_out'
import { insertCustomers } from '#tests/support/broadcasts/many_customers'

export interface FanOutFigures {
  oursMs: number[]
  plainMs: number[]
  /** The longest that the event loop stood still in each round of ours. */
  stallsMs: number[]
  /** How much the process grew while ours ran, at most; a first run, which loads code, is not counted. */
  rssGrowthMb: number
}

const MEGABYTE = 1024 * 1024
const DELAY_RESOLUTION_MS = 1

/** Runs in a process of its own: the product's fan-out against one statement, by turns, into the same table. */
export default async function measure(recipients: number, rounds: number): Promise<FanOutFigures> {
  await insertCustomers(recipients)
  await settle()
  await measureOurs(recipients)

  const figures: FanOutFigures = { oursMs: [], plainMs: [], stallsMs: [], rssGrowthMb: 0 }
  for (let round = 0; round < rounds; round++) {
    const plainFirst = round % 2 === 0
    if (plainFirst) figures.plainMs.push(await measurePlain(recipients))
    const ours = await measureOurs(recipients)
    if (!plainFirst) figures.plainMs.push(await measurePlain(recipients))
    figures.oursMs.push(ours.ms)
    figures.stallsMs.push(ours.stallMs)
    figures.rssGrowthMb = Math.max(figures.rssGrowthMb, ours.rssGrowthMb)
  }
  return figures
}

async function measureOurs(recipients: number) {
  await emptyOutbox()
  const broadcastId = await givenDueBroadcast()
  const start = await app.container.make(StartBroadcast)
  const fanOut = await app.container.make(FanOut)
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS })
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)

  delay.enable()
  const began = performance.now()
  await start.handle(broadcastId)
  await fanOut.run(new AbortController().signal)
  const ms = performance.now() - began
  delay.disable()
  clearInterval(watch)

  await expectRows(recipients)
  return { ms, stallMs: delay.max / 1e6, rssGrowthMb: (peak - before) / MEGABYTE }
}

/** What somebody who writes SQL by hand would write for the same recipients, columns and indexes. */
async function measurePlain(recipients: number) {
  await emptyOutbox()
  const began = performance.now()
  await db.rawQuery(
    `INSERT INTO notifications (type, status, operation, priority, chat_id, customer_id, broadcast_id,
       broadcast_version, attempts, scheduled_at, created_at)
     SELECT 'BROADCAST', 'PENDING', 'send', 90, telegram_id, id, 1, 1, 0, 1780000000000, 1780000000000
     FROM customers
     WHERE banned_at IS NULL AND unreachable_at IS NULL AND anonymised_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM customer_opt_outs WHERE customer_id = customers.id AND category = 'announcements')
     ORDER BY id`
  )
  const ms = performance.now() - began
  await expectRows(recipients)
  return ms
}

async function givenDueBroadcast(): Promise<number> {
  const [create, update, schedule] = [
    await app.container.make(CreateBroadcast),
    await app.container.make(UpdateBroadcast),
    await app.container.make(ScheduleBroadcast),
  ]
  const created = await create.handle({ title: 'Fan-out', actor: SYSTEM_ACTOR })
  if (!created.ok) throw new Error('No broadcast was created')
  const { id: broadcastId, revision } = created.value
  await update.handle({
    broadcastId,
    revision,
    actor: SYSTEM_ACTOR,
    title: 'Fan-out',
    category: 'announcements',
    audience: { kind: 'all' },
    defaultLocale: 'en',
    quietHours: null,
    sendOnceKey: null,
    paid: false,
    abShare: null,
    recurrence: 'none',
    variants: [{ locale: 'en', variant: 'A', source: 'Hello', format: 'html', buttons: [], mediaKey: null }],
  })
  const scheduled = await schedule.handle({ broadcastId, when: { mode: 'now' }, actor: SYSTEM_ACTOR })
  if (!scheduled.ok) throw new Error(`The broadcast was not scheduled: ${scheduled.refusal.code}`)
  return broadcastId
}

async function expectRows(recipients: number) {
  const [{ total }] = await db.from('notifications').count('* as total')
  if (Number(total) !== recipients) throw new Error(`${total} rows were written for ${recipients} recipients`)
}

async function emptyOutbox() {
  await db.rawQuery(isPostgres() ? 'TRUNCATE notifications' : 'DELETE FROM notifications')
  await settle()
}

/** So that no run pays for what the one before left to the database's background. */
async function settle() {
  if (isPostgres()) {
    await db.rawQuery('VACUUM ANALYZE customers')
    await db.rawQuery('CHECKPOINT')
  } else {
    await db.rawQuery('PRAGMA wal_checkpoint(TRUNCATE)')
  }
}

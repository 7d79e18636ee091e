import { BaseSeeder } from '@adonisjs/lucid/seeders'
import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'
import type { Language } from '#customers/languages'
import Broadcast from '#broadcasts/models/broadcast'
import { PRIORITIES } from '#notifications/outbox/priorities'
import { SAMPLE_BROADCASTS, type SampleBroadcast } from '#database/samples/broadcasts'

const MINUTE = 60_000
/** What a broadcast makes of the pace of 29 messages a second. */
const MS_PER_MESSAGE = 34

/** Sample broadcasts (two sent, one scheduled, one draft), into a database that has none. */
export default class extends BaseSeeder {
  static environment = ['development', 'test']

  async run() {
    const clock = await app.container.make(Clock)
    await transaction(async (trx) => {
      if (await trx.from('broadcasts').select('id').first()) return
      for (const sample of SAMPLE_BROADCASTS) await seed(trx, sample, clock.now())
    })
  }
}

async function seed(trx: Trx, sample: SampleBroadcast, now: number) {
  const startsAt = sample.offset === null ? null : toMinute(now + sample.offset)
  const broadcast = await Broadcast.create({ ...DEFAULTS, ...columnsOf(sample, now, startsAt) }, { client: trx })
  await broadcast.related('variants').createMany(
    Object.entries(sample.texts).map(([locale, html]) => ({
      version: 1,
      locale: locale as Language,
      variant: 'A' as const,
      html,
      buttons: sample.buttons?.[locale as Language] ? [[sample.buttons[locale as Language]!]] : [],
    }))
  )
  if (sample.status === 'completed') await writeOutcomes(trx, broadcast.id, startsAt!)
}

const DEFAULTS = {
  audience: { kind: 'all' as const },
  defaultLocale: 'en' as const,
  recurrence: 'none' as const,
  paid: false,
  version: 1,
  revision: 2,
}

function columnsOf({ reference, title, status, category }: SampleBroadcast, now: number, startsAt: number | null) {
  const isSent = status === 'completed'
  const createdAt = Math.min((startsAt ?? now) - 90 * MINUTE, now)
  return {
    ...{ reference, title, status, category, createdAt, updatedAt: Math.min(startsAt ?? createdAt, now) },
    ...(startsAt !== null && {
      scheduleMode: 'moment' as const,
      scheduledAt: startsAt,
      scheduledLocal: new Date(startsAt).toISOString().slice(0, 16),
      scheduleZone: 'UTC',
    }),
    ...(isSent && { startedAt: startsAt, fannedOutAt: startsAt, completedAt: startsAt! + 3 * MINUTE }),
  }
}

/** A row for everybody who was there: one in forty-three had blocked the bot. */
async function writeOutcomes(trx: Trx, id: number, startsAt: number) {
  await trx.rawQuery(
    `INSERT INTO notifications (type, status, operation, priority, chat_id, customer_id, broadcast_id,
       broadcast_version, attempts, scheduled_at, attempted_at, sent_at, telegram_message_id, error, created_at)
     SELECT 'BROADCAST', CASE WHEN id % 43 = 0 THEN 'PERMANENT_FAILURE' ELSE 'SENT' END, 'send', ?, telegram_id, id, ?,
       1, 1, ?, ? + id * ${MS_PER_MESSAGE}, CASE WHEN id % 43 = 0 THEN NULL ELSE ? + id * ${MS_PER_MESSAGE} END,
       CASE WHEN id % 43 = 0 THEN NULL ELSE 1000000 + id END,
       CASE WHEN id % 43 = 0 THEN 'Forbidden: bot was blocked by the user' END, ?
     FROM customers WHERE created_at < ? AND banned_at IS NULL ORDER BY id`,
    [PRIORITIES.BROADCAST, id, startsAt, startsAt, startsAt, startsAt, startsAt]
  )
  const count = async (status: string) => {
    const [{ total }] = await trx.from('notifications').where({ broadcast_id: id, status }).count('* as total')
    return Number(total)
  }
  const [sent, blocked] = [await count('SENT'), await count('PERMANENT_FAILURE')]
  await trx
    .table('broadcast_counters')
    .insert({ broadcast_id: id, operation: 'send', version: 1, variant: 'A', written: sent + blocked, sent, blocked })
}

const toMinute = (instant: number) => Math.floor(instant / MINUTE) * MINUTE

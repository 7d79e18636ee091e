import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import type { Result } from '#core/result'
import { CreateBroadcast } from '#broadcasts/actions/create_broadcast'
import { ScheduleBroadcast } from '#broadcasts/actions/schedule_broadcast'
import { UpdateBroadcast } from '#broadcasts/actions/update_broadcast'

const BATCH = 500

/** Seeds customers (Telegram ids from `firstChat` on) and schedules a broadcast to all of them for now. Answers its id. */
export default async function startBroadcast(recipients: number, firstChat: number): Promise<number> {
  await seedCustomers(recipients, firstChat)
  const [create, update, schedule] = (await Promise.all(
    ([CreateBroadcast, UpdateBroadcast, ScheduleBroadcast] as const).map((action) => app.container.make(action as any))
  )) as [CreateBroadcast, UpdateBroadcast, ScheduleBroadcast]

  const actor = SYSTEM_ACTOR
  const draft = done(await create.handle({ title: 'Chaos', actor }))
  done(
    await update.handle({
      broadcastId: draft.id,
      revision: draft.revision,
      actor,
      title: draft.title,
      category: draft.category,
      audience: draft.audience,
      defaultLocale: 'en',
      quietHours: null,
      sendOnceKey: null,
      paid: false,
      abShare: null,
      recurrence: 'none',
      variants: [{ locale: 'en', variant: 'A', source: 'News', format: 'html', buttons: [], mediaKey: null }],
    })
  )
  done(await schedule.handle({ broadcastId: draft.id, when: { mode: 'now' }, actor }))
  return draft.id
}

async function seedCustomers(count: number, firstChat: number) {
  const rows = Array.from({ length: count }, (_, i) => ({
    telegram_id: firstChat + i,
    first_name: `Customer ${i}`,
    search_name: `customer ${i}`,
    language: 'en',
    referral_code: `bench${i}`,
    last_active_at: 1,
    created_at: 1,
    updated_at: 1,
    started_at: 1,
  }))
  for (let from = 0; from < count; from += BATCH)
    await db.table('customers').multiInsert(rows.slice(from, from + BATCH))
}

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.refusal)}`)
  return result.value
}

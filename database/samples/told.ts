import db from '@adonisjs/lucid/services/db'

const DAY = 24 * 60 * 60 * 1000

/** Sets the outbox back to when a story's steps took place. */
export class ToldThen {
  #last = 0

  constructor(private readonly now: number) {}

  async begin() {
    this.#last = await lastNotification()
  }

  /** What a step wrote to the outbox was written then; what is older than a day was delivered long ago. */
  async step(at: number) {
    const last = await lastNotification()
    if (last === this.#last) return
    const delivered = { status: 'SENT', attempts: 1, attempted_at: at, sent_at: at + 1000 }
    await db
      .from('notifications')
      .where('id', '>', this.#last)
      .update({
        ...{ created_at: at, scheduled_at: at },
        ...(at < this.now - DAY && { ...delivered, telegram_message_id: db.raw('2000000 + id') }),
      })
    this.#last = last
  }
}

async function lastNotification(): Promise<number> {
  const [{ last }] = await db.from('notifications').max('id as last')
  return last ?? 0
}

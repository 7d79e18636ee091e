import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'

/** What all processes must know of single chats: answered just now, paused by Telegram, moved to a supergroup. */
@inject()
export class ChatNotes {
  constructor(private readonly clock: Clock) {}

  /** The bot answers there now: the next outbox row keeps its distance. */
  async answered(chatId: number) {
    await this.#note(chatId, 'answered_at', this.clock.now())
  }

  async pause(chatId: number, ms: number) {
    await this.#note(chatId, 'paused_until', this.clock.now() + ms)
  }

  async migrated(chatId: number, to: number) {
    await this.#note(chatId, 'migrated_to', to)
  }

  /** Notes that no longer matter; a migration matters for ever. */
  async forgetOld() {
    const old = this.clock.now() - 60_000
    await db
      .from('telegram_chats')
      .whereNull('migrated_to')
      .whereRaw('COALESCE(answered_at, 0) < ? AND COALESCE(paused_until, 0) < ?', [old, old])
      .delete()
  }

  async #note(chatId: number, column: 'answered_at' | 'paused_until' | 'migrated_to', value: number) {
    await db.rawQuery(
      `INSERT INTO telegram_chats (chat_id, ${column}) VALUES (?, ?)
       ON CONFLICT (chat_id) DO UPDATE SET ${column} = excluded.${column}`,
      [chatId, value]
    )
  }
}

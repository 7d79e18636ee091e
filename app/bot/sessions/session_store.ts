import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#core/clock'
import { parseJson } from '#core/database/columns'
import { affectedRows } from '#core/database/dialect'
import { emptySession, toSession, type BotSession } from '#bot/sessions/bot_session'

/** One row for each private chat. Updates of a chat are processed one after another, so nothing is overwritten. */
export class SessionStore {
  constructor(private readonly clock: Clock) {}

  async read(chatId: number): Promise<BotSession> {
    const row = await db.from('bot_sessions').where('chat_id', chatId).select('data').first()
    return row ? toSession(parseJson(row.data)) : emptySession()
  }

  async write(chatId: number, session: BotSession) {
    const row = { chat_id: chatId, data: JSON.stringify(session), updated_at: this.clock.now() }
    await db.knexQuery().table('bot_sessions').insert(row).onConflict('chat_id').merge()
  }

  /** Removes up to `limit` sessions untouched since that moment; answers how many. */
  async prune(updatedBefore: number, limit: number): Promise<number> {
    const result = await db.rawQuery(
      'DELETE FROM bot_sessions WHERE chat_id IN (SELECT chat_id FROM bot_sessions WHERE updated_at < ? LIMIT ?)',
      [updatedBefore, limit]
    )
    return affectedRows(result)
  }
}

import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#core/clock'
import { parseJson } from '#core/database/columns'
import { affectedRows, rowsOf } from '#core/database/dialect'

/** A call to Telegram that has to wait. */
export interface OwedCall {
  method: string
  payload: object
}

export interface ClaimedAnswer extends OwedCall {
  id: number
  chatId: number
  /** 1 when nobody has tried it before. */
  attempts: number
}

/** Answers that Telegram would not take when they were due, each chat's in the order in which they were given. */
export class AnswerStore {
  constructor(
    readonly botId: number,
    private readonly clock: Clock
  ) {}

  /** Whether something is still to be said there, so that nothing may be said before it. */
  async owes(chatId: number): Promise<boolean> {
    const row = await this.#ofChat(chatId).select('id').first()
    return row !== null
  }

  async add(chatId: number, { method, payload }: OwedCall, waitMs: number) {
    const now = this.clock.now()
    await db.table('bot_answers').insert({
      bot_id: this.botId,
      chat_id: chatId,
      method,
      payload: JSON.stringify(payload),
      created_at: now,
      due_at: now + Math.ceil(waitMs),
    })
  }

  /** Chats whose first answer is due, the longest waiting first. */
  async dueChats(limit: number): Promise<number[]> {
    const rows = await db
      .from('bot_answers as a')
      .where('a.bot_id', this.botId)
      .where('a.due_at', '<=', this.clock.now())
      .whereNotExists((earlier) =>
        earlier
          .from('bot_answers as b')
          .whereColumn('b.bot_id', 'a.bot_id')
          .whereColumn('b.chat_id', 'a.chat_id')
          .whereColumn('b.id', '<', 'a.id')
      )
      .orderBy('a.due_at')
      .limit(limit)
      .select('a.chat_id')
    return rows.map(({ chat_id: chatId }) => chatId)
  }

  /** Takes the first answer of a chat when it is due, for so long. */
  async claim(chatId: number, ttlMs: number): Promise<ClaimedAnswer | null> {
    const now = this.clock.now()
    const result = await db.rawQuery(
      `UPDATE bot_answers SET due_at = ?, attempts = attempts + 1
       WHERE id = (SELECT MIN(id) FROM bot_answers WHERE bot_id = ? AND chat_id = ?) AND due_at <= ?
       RETURNING id, method, payload, attempts`,
      [now + ttlMs, this.botId, chatId, now]
    )
    const [row] = rowsOf(result)
    if (!row) return null
    return { id: row.id, chatId, method: row.method, payload: parseJson<object>(row.payload), attempts: row.attempts }
  }

  /** To be tried again after that many milliseconds. */
  async retry(id: number, waitMs: number) {
    await db
      .from('bot_answers')
      .where('id', id)
      .update({ due_at: this.clock.now() + Math.ceil(waitMs) })
  }

  /** The same, and the attempt does not count: Telegram has not looked at it. */
  async postpone(id: number, waitMs: number) {
    const dueAt = this.clock.now() + Math.ceil(waitMs)
    await db.rawQuery('UPDATE bot_answers SET due_at = ?, attempts = attempts - 1 WHERE id = ?', [dueAt, id])
  }

  async remove(id: number) {
    await db.from('bot_answers').where('id', id).delete()
  }

  /** Nobody reads there any more. */
  async forget(chatId: number) {
    await this.#ofChat(chatId).delete()
  }

  /** Removes up to `limit` answers given before that moment; answers how many. */
  async prune(createdBefore: number, limit: number): Promise<number> {
    const result = await db.rawQuery(
      'DELETE FROM bot_answers WHERE id IN (SELECT id FROM bot_answers WHERE created_at < ? ORDER BY created_at LIMIT ?)',
      [createdBefore, limit]
    )
    return affectedRows(result)
  }

  #ofChat(chatId: number) {
    return db.from('bot_answers').where('bot_id', this.botId).where('chat_id', chatId)
  }
}

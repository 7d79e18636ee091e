import type { Update } from 'grammy/types'
import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#core/clock'
import { parseJson } from '#core/database/columns'
import { affectedRows, rowsOf } from '#core/database/dialect'
import { chatOf, kindOf, type UpdateKind } from '#bot/inbox/update_kind'

export type UpdateOutcome = 'done' | 'failed' | 'expired' | 'abandoned'

export interface ClaimedUpdate {
  id: number
  kind: UpdateKind
  update: Update
  receivedAt: number
  /** 1 when nobody has tried it before. */
  attempts: number
}

/**
 * The inbox of both transports. An update is written here before Telegram is told that we have it, so a process
 * may die at any moment and lose none.
 */
export class UpdateStore {
  constructor(
    readonly botId: number,
    private readonly clock: Clock
  ) {}

  /** Keeps the new ones and drops those that came before. Answers the chats that have something to process. */
  async add(updates: Update[]): Promise<number[]> {
    if (updates.length === 0) return []
    const rows = updates.map((update) => ({
      bot_id: this.botId,
      update_id: update.update_id,
      chat_id: chatOf(update),
      kind: kindOf(update),
      payload: JSON.stringify(update),
      received_at: this.clock.now(),
    }))
    const kept = await db.knexQuery().table('bot_updates').insert(rows).onConflict().ignore().returning('chat_id')
    return [...new Set<number>(kept.map((row: { chat_id: number }) => row.chat_id))]
  }

  /**
   * Takes the oldest unfinished update of a chat, unless a living process has it. Since a later one is never
   * taken before that, whoever holds it holds the chat.
   */
  async claim(chatId: number, holder: string, ttlMs: number): Promise<ClaimedUpdate | null> {
    const now = this.clock.now()
    const result = await db.rawQuery(
      `UPDATE bot_updates SET claimed_by = ?, claim_expires_at = ?, attempts = attempts + 1
       WHERE id = (SELECT id FROM bot_updates WHERE bot_id = ? AND chat_id = ? AND finished_at IS NULL
                   ORDER BY update_id LIMIT 1)
         AND finished_at IS NULL AND (claim_expires_at IS NULL OR claim_expires_at <= ?)
       RETURNING id, kind, payload, received_at, attempts`,
      [holder, now + ttlMs, this.botId, chatId, now]
    )
    const [row] = rowsOf(result)
    if (!row) return null
    return {
      id: row.id,
      kind: row.kind,
      update: parseJson<Update>(row.payload),
      receivedAt: row.received_at,
      attempts: row.attempts,
    }
  }

  /** Keeps what the holder is working on. */
  async renew(ids: number[], holder: string, ttlMs: number) {
    await db
      .from('bot_updates')
      .whereIn('id', ids)
      .where('claimed_by', holder)
      .whereNull('finished_at')
      .update({ claim_expires_at: this.clock.now() + ttlMs })
  }

  async finish(id: number, outcome: UpdateOutcome, error?: string) {
    await db
      .from('bot_updates')
      .where('id', id)
      .update({ finished_at: this.clock.now(), outcome, error: error?.slice(0, 300) ?? null })
  }

  /** Chats with something that nobody works on, the longest waiting first. */
  async waitingChats(limit: number): Promise<number[]> {
    const rows = await db
      .from('bot_updates')
      .where('bot_id', this.botId)
      .whereNull('finished_at')
      .where((query) => query.whereNull('claim_expires_at').orWhere('claim_expires_at', '<=', this.clock.now()))
      .groupBy('chat_id')
      .orderByRaw('min(id)')
      .limit(limit)
      .select('chat_id')
    return rows.map((row) => row.chat_id)
  }

  /** What is still to be processed. */
  async backlog(): Promise<{ waiting: number; oldestAt: number | null }> {
    const row = await db
      .from('bot_updates')
      .where('bot_id', this.botId)
      .whereNull('finished_at')
      .count('* as waiting')
      .min('received_at as oldest_at')
      .first()
    return { waiting: Number(row.waiting), oldestAt: row.oldest_at }
  }

  /** Removes up to `limit` rows that were finished before that moment; answers how many. */
  async prune(finishedBefore: number, limit: number): Promise<number> {
    const result = await db.rawQuery(
      `DELETE FROM bot_updates WHERE id IN
         (SELECT id FROM bot_updates WHERE finished_at < ? ORDER BY finished_at LIMIT ?)`,
      [finishedBefore, limit]
    )
    return affectedRows(result)
  }
}

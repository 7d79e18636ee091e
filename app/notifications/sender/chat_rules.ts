import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { rowsOf } from '#core/database/dialect'
import { CHAT_PACE, ChatSpacing } from '#notifications/sender/chat_spacing'
import type { ClaimedRow } from '#notifications/sender/claimed_row'
import { resultOf, waitingStatus, type RowResult } from '#notifications/sender/result'

const INTERACTIVE_GAP_MS = 1_100
const GROUP_MESSAGES = 20
const GROUP_WINDOW_MS = 61_000

interface ChatNote {
  chat_id: number
  answered_at: number | null
  paused_until: number | null
  migrated_to: number | null
}

/** Keeps what Telegram asks for single chats: one message a second, twenty a minute to a group, its own pauses. */
@inject()
export class ChatRules {
  constructor(private readonly clock: Clock) {}

  /** Splits a claim in rows that may go now, planned in `spacing`, and rows that wait for their chat. */
  async apply(rows: ClaimedRow[], spacing: ChatSpacing): Promise<{ ready: ClaimedRow[]; deferred: RowResult[] }> {
    const notes = await this.#notes(rows)
    const ready: ClaimedRow[] = []
    const deferred: RowResult[] = []
    for (const claimed of rows) {
      const note = notes.get(claimed.chatId)
      const row = { ...claimed, chatId: note?.migrated_to ?? claimed.chatId }
      const waitMs = (await this.#chatWait(row, note)) || (takesSlot(row) ? this.#turnWait(row, spacing) : 0)
      if (waitMs <= 0) ready.push(row)
      else deferred.push(this.#defer(row, waitMs))
    }
    return { ready, deferred }
  }

  #turnWait(row: ClaimedRow, spacing: ChatSpacing) {
    return spacing.plan(row.chatId, performance.now(), row.reason === CHAT_PACE)
  }

  async #chatWait(row: ClaimedRow, note: ChatNote | undefined) {
    const now = this.clock.now()
    const answered = (note?.answered_at ?? Number.NEGATIVE_INFINITY) + INTERACTIVE_GAP_MS - now
    const paused = (note?.paused_until ?? now) - now
    const group = row.chatId < 0 && takesSlot(row) ? await this.#groupWait(row.chatId) : 0
    return Math.max(takesSlot(row) ? answered : 0, paused, group)
  }

  /** The second condition lets SQLite see that the index of groups holds what it looks for. */
  async #groupWait(chatId: number) {
    const now = this.clock.now()
    const recent = await db
      .from('notifications')
      .where('chat_id', chatId)
      .where('chat_id', '<', 0)
      .where('attempted_at', '>', now - GROUP_WINDOW_MS)
      .orderBy('attempted_at', 'desc')
      .limit(GROUP_MESSAGES)
      .select('attempted_at')
    return recent.length < GROUP_MESSAGES ? 0 : recent.at(-1).attempted_at + GROUP_WINDOW_MS - now
  }

  async #notes(rows: ClaimedRow[]): Promise<Map<number, ChatNote>> {
    const ids = [...new Set(rows.map(({ chatId }) => chatId))]
    const result = await db.rawQuery(
      `SELECT chat_id, answered_at, paused_until, migrated_to FROM telegram_chats
       WHERE chat_id IN (${ids.map(() => '?').join(', ')})`,
      ids
    )
    return new Map(rowsOf<ChatNote>(result).map((note) => [note.chat_id, note]))
  }

  #defer(row: ClaimedRow, waitMs: number) {
    const scheduledAt = this.clock.now() + Math.ceil(waitMs)
    return resultOf(row, { status: waitingStatus(row), scheduledAt, reason: CHAT_PACE })
  }
}

/** Deletions count against no limit. */
export const takesSlot = (row: ClaimedRow) => row.operation !== 'delete'

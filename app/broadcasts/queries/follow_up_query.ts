import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import { sentMessagesSql } from '#broadcasts/fan_out/sent_messages'
import { REOPENED } from '#broadcasts/fan_out/reopen_batch'

/** What can be done once a broadcast is through. */
export const FOLLOW_UPS = ['retry', 'resend', 'unsend'] as const
export type FollowUp = (typeof FOLLOW_UPS)[number]

/** How many messages it would concern, if it began now. */
export async function countFollowUp(kind: FollowUp, broadcastId: number, now: number): Promise<number> {
  if (kind === 'unsend') return countSent('delete', broadcastId, now)
  const [{ total }] = await db
    .from('notifications')
    .where({ broadcast_id: broadcastId, status: REOPENED[kind], operation: 'send' })
    .count('* as total')
  return Number(total)
}

/** Messages in chats that Telegram still lets a bot edit, or delete. */
export async function countSent(operation: 'edit' | 'delete', broadcastId: number, now: number): Promise<number> {
  const result = await db.rawQuery(`SELECT COUNT(*) AS total ${sentMessagesSql(operation, now)}`, [broadcastId])
  return Number(rowsOf(result)[0].total)
}

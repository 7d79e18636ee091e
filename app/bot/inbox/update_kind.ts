import type { Update } from 'grammy/types'

/** What Telegram is asked to deliver. `pre_checkout_query` and `my_chat_member` come only to those who ask. */
export const ALLOWED_UPDATES = [
  'message',
  'callback_query',
  'my_chat_member',
  'pre_checkout_query',
] as const satisfies Array<Exclude<keyof Update, 'update_id'>>

export type UpdateKind = (typeof ALLOWED_UPDATES)[number] | 'other'

export function kindOf(update: Update): UpdateKind {
  return ALLOWED_UPDATES.find((kind) => update[kind] !== undefined) ?? 'other'
}

/** Updates that share this number are processed in order; what has no chat belongs to its sender's private one. */
export function chatOf(update: Update): number {
  const { message, callback_query: callback, my_chat_member: member } = update
  const chat = (message ?? callback?.message ?? member)?.chat
  const id = chat?.id ?? (callback ?? update.pre_checkout_query)?.from?.id
  return Number.isSafeInteger(id) ? (id as number) : 0
}

/** Accepts whatever a transport delivered as an update, or tells that it is none. */
export function isUpdate(value: unknown): value is Update {
  const id = (value as Update | null)?.update_id
  return typeof value === 'object' && Number.isSafeInteger(id)
}

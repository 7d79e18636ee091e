/** What a broadcast is doing. `awaiting_approval` only when a second admin must agree. */
export const BROADCAST_STATUSES = [
  'draft',
  'awaiting_approval',
  'scheduled',
  'sending',
  'paused',
  'completed',
  'cancelled',
] as const
export type BroadcastStatus = (typeof BROADCAST_STATUSES)[number]

export const VARIANTS = ['A', 'B'] as const
export type Variant = (typeof VARIANTS)[number]

/** `moment`: one instant for everybody; `local`: the same wall clock time in each customer's zone. */
export const SCHEDULE_MODES = ['moment', 'local'] as const
export type ScheduleMode = (typeof SCHEDULE_MODES)[number]

export const RECURRENCES = ['none', 'daily', 'weekly'] as const
export type Recurrence = (typeof RECURRENCES)[number]

/**
 * One pass over the recipients: `send` writes a row for each customer of the audience (of the sample, in an A/B test),
 * `rest` for those outside the sample, `edit` and `delete` one for each message sent; `retry` opens the failed rows
 * again, `resend` the unknown ones.
 */
export const BROADCAST_RUNS = ['send', 'rest', 'edit', 'delete', 'retry', 'resend'] as const
export type BroadcastRun = (typeof BROADCAST_RUNS)[number]

/** How a recipient's row ended, or `open` while it may still be sent. */
export const OUTCOMES = ['open', 'sent', 'blocked', 'failed', 'unknown', 'cancelled'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Written syntax of a variant's text. */
export const SOURCE_FORMATS = ['html', 'markdown'] as const
export type SourceFormat = (typeof SOURCE_FORMATS)[number]

/** UTF-16 units after entities, as Telegram counts. */
export const TEXT_LIMIT = 4096
export const CAPTION_LIMIT = 1024

/** Telegram lets a bot delete a message it sent for this long. */
export const UNSEND_WINDOW_MS = 48 * 60 * 60 * 1000

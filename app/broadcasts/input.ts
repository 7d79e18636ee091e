import type { Audience } from '#broadcasts/audience'
import type { BroadcastButton } from '#broadcasts/buttons'
import type { Language } from '#customers/languages'
import type { NewsCategory } from '#customers/news_categories'
import type { Recurrence, SourceFormat, Variant } from '#broadcasts/values'

/** One language, one side of an A/B test. An empty `source` without an image removes the variant. */
export interface VariantInput {
  locale: Language
  variant: Variant
  /** As the admin wrote it; stored as Telegram HTML. */
  source: string
  format: SourceFormat
  buttons: BroadcastButton[][]
  mediaKey: string | null
}

/** Everything of a draft that its form holds. */
export interface BroadcastInput {
  title: string
  category: NewsCategory
  audience: Audience
  defaultLocale: Language
  /** `HH:mm` in the customer's zone; null sends at any hour. */
  quietHours: { from: string; to: string } | null
  /** Nobody gets two broadcasts with the same key. */
  sendOnceKey: string | null
  /** Uses `allow_paid_broadcast`: Stars for more than 30 messages a second. */
  paid: boolean
  /** Per cent of the audience that gets A or B, half each, before a winner is chosen; null for no test. */
  abShare: number | null
  recurrence: Recurrence
  variants: VariantInput[]
}

/** When a broadcast goes out. `zone` is the admin's; local times are `YYYY-MM-DDTHH:mm`. */
export type ScheduleInput =
  | { mode: 'now'; zone?: string }
  /** At that time in the admin's zone, for everybody at once. */
  | { mode: 'moment'; local: string; zone: string }
  /** At that time in each customer's own zone. */
  | { mode: 'local'; local: string; zone: string }

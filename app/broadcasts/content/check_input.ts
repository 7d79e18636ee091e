import { isLanguage } from '#customers/languages'
import { isNewsCategory } from '#customers/news_categories'
import type { SegmentSource } from '#core/contracts/segment_source'
import { checkAudience } from '#broadcasts/audience'
import type { BroadcastInput } from '#broadcasts/input'
import type { BroadcastProblem } from '#broadcasts/problems'
import { RECURRENCES } from '#broadcasts/values'

const MAX_TITLE = 120
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/
const SEND_ONCE_KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/

export function checkTitle(title: string): BroadcastProblem[] {
  const length = title.trim().length
  return length > 0 && length <= MAX_TITLE
    ? []
    : [{ field: 'title', code: 'title_length', params: { limit: MAX_TITLE } }]
}

/** Problems of everything but the content of variants. */
export function checkInput(input: BroadcastInput, segments: SegmentSource): BroadcastProblem[] {
  return [
    ...checkTitle(input.title),
    ...checkAudience(input.audience, segments),
    ...unless(isNewsCategory(input.category), 'category', 'unknown_choice'),
    ...unless(isLanguage(input.defaultLocale), 'defaultLocale', 'unknown_choice'),
    ...unless(RECURRENCES.includes(input.recurrence), 'recurrence', 'unknown_choice'),
    ...unless(input.sendOnceKey === null || SEND_ONCE_KEY.test(input.sendOnceKey), 'sendOnceKey', 'send_once_key'),
    ...unless(isShare(input.abShare), 'abShare', 'integer_range', { min: 2, max: 100 }),
    ...checkQuietHours(input.quietHours),
  ]
}

function isShare(share: number | null) {
  return share === null || (Number.isInteger(share) && share >= 2 && share <= 100)
}

function checkQuietHours(hours: BroadcastInput['quietHours']) {
  if (!hours) return []
  const valid = TIME_OF_DAY.test(hours.from) && TIME_OF_DAY.test(hours.to) && hours.from !== hours.to
  return unless(valid, 'quietHours', 'quiet_hours')
}

function unless(valid: boolean, field: string, code: string, params?: BroadcastProblem['params']): BroadcastProblem[] {
  return valid ? [] : [{ field, code, params }]
}

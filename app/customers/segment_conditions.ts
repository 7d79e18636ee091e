import { LANGUAGES } from '#customers/languages'
import type { SegmentCondition, SegmentParameter } from '#core/contracts/segment_source'

const DAY = 86_400_000

const days: SegmentParameter = { name: 'days', kind: 'integer', min: 1, max: 3650 }
const language: SegmentParameter = { name: 'language', kind: 'choice', choices: LANGUAGES }
const count: SegmentParameter = { name: 'count', kind: 'integer', min: 1, max: 1_000_000 }

/** "Is not" lists the other languages, which an index can serve. */
export const customerConditions: SegmentCondition[] = [
  {
    key: 'customers.language_is',
    parameters: [language],
    apply: (query, parameters) => query.where('customers.language', parameters.language),
  },
  {
    key: 'customers.language_is_not',
    parameters: [language],
    apply: (query, parameters) =>
      query.whereIn(
        'customers.language',
        LANGUAGES.filter((other) => other !== parameters.language)
      ),
  },
  {
    key: 'customers.active_within',
    parameters: [days],
    apply: (query, parameters, now) => query.where('customers.last_active_at', '>=', daysBefore(now, parameters.days)),
  },
  {
    key: 'customers.inactive_for',
    parameters: [days],
    apply: (query, parameters, now) => query.where('customers.last_active_at', '<', daysBefore(now, parameters.days)),
  },
  {
    key: 'customers.joined_within',
    parameters: [days],
    apply: (query, parameters, now) => query.where('customers.created_at', '>=', daysBefore(now, parameters.days)),
  },
  {
    key: 'customers.joined_before',
    parameters: [days],
    apply: (query, parameters, now) => query.where('customers.created_at', '<', daysBefore(now, parameters.days)),
  },
  {
    key: 'customers.has_username',
    parameters: [],
    apply: (query) => query.whereNotNull('customers.search_username'),
  },
  {
    key: 'customers.was_invited',
    parameters: [],
    apply: (query) => query.whereNotNull('customers.referrer_id'),
  },
  {
    key: 'customers.has_invited',
    parameters: [count],
    apply: (query, parameters) =>
      query.whereIn('customers.id', (invited) =>
        invited
          .from('customers')
          .whereNotNull('referrer_id')
          .groupBy('referrer_id')
          .havingRaw('count(*) >= ?', [Number(parameters.count)])
          .select('referrer_id')
      ),
  },
]

const daysBefore = (now: number, amount: string | number) => now - Number(amount) * DAY

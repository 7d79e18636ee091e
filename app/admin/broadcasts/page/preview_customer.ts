import db from '@adonisjs/lucid/services/db'
import type { SegmentSource } from '#core/contracts/segment_source'
import { checkAudience, type Audience } from '#broadcasts/audience'
import { audienceQuery } from '#broadcasts/audience/audience_query'
import { idsOf } from '#broadcasts/audience/windows'
import { VALUE_COLUMNS, type ValueRow } from '#broadcasts/content/values_of'
import type { Language } from '#customers/languages'

interface PreviewQuestion {
  audience: Audience
  locale: Language
  /** Whom the preview was shown with until now. */
  id: number | null
  /** Wants the one after, round and round. */
  another: boolean
  now: number
}

const EVERYBODY: Audience = { kind: 'all' }

/** A real customer who reads that language: of the audience, or any while the audience holds none. */
export async function previewCustomer(segments: SegmentSource, question: PreviewQuestion): Promise<ValueRow | null> {
  const isCorrect = checkAudience(question.audience, segments).length === 0
  const found = isCorrect ? await customerOf(question, segments) : null
  return found ?? customerOf({ ...question, audience: EVERYBODY }, segments)
}

async function customerOf({ audience, id, another, locale, now }: PreviewQuestion, segments: SegmentSource) {
  const { until } = await idsOf(db.connection(), audience)
  const firstAfter = async (after: number): Promise<ValueRow | null> =>
    audienceQuery(db.connection(), audience, { after, until }, segments, now)
      .where('customers.language', locale)
      .whereNull('customers.banned_at')
      .whereNull('customers.unreachable_at')
      .whereNull('customers.anonymised_at')
      .orderBy('customers.id')
      .select(VALUE_COLUMNS.map((name) => `customers.${name}`))
      .first()
  if (id === null) return firstAfter(0)
  return (await firstAfter(another ? id : id - 1)) ?? firstAfter(0)
}

import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { SegmentSource } from '#core/contracts/segment_source'
import { refuse } from '#core/result'
import { checkAudience } from '#broadcasts/audience'
import { storedProblem } from '#broadcasts/content/markup_problem'
import { VariantSet } from '#broadcasts/content/variant_set'
import type Broadcast from '#broadcasts/models/broadcast'
import { refuseProblems } from '#broadcasts/problems'
import { LongestFillQuery } from '#broadcasts/queries/longest_fill_query'
import { CAPTION_LIMIT, TEXT_LIMIT } from '#broadcasts/values'

/** Whether the content of a broadcast can go out to its audience. Looks at everybody, so never in a transaction. */
@inject()
export class Readiness {
  constructor(
    private segments: SegmentSource,
    private longestFill: LongestFillQuery
  ) {}

  /** Refuses with `problems`, `content_missing` or `too_long_after_filling`; null when all is well. */
  async fault(broadcast: Broadcast) {
    const problems = checkAudience(broadcast.audience, this.segments)
    if (problems.length) return refuseProblems(problems)

    const content = await VariantSet.load(db.connection(), broadcast)
    if (!content.isComplete) return refuse('content_missing', { locale: broadcast.defaultLocale })
    const mistakes = content.variants.flatMap((text) => storedProblem(text) ?? [])
    if (mistakes.length) return refuseProblems(mistakes)
    for (const { locale, variant, html, mediaKey } of content.variants) {
      const limit = mediaKey ? CAPTION_LIMIT : TEXT_LIMIT
      const { length, customerId } = await this.longestFill.handle(html, broadcast.audience)
      if (length <= limit) continue
      return refuse('too_long_after_filling', { locale, variant, length, limit, customerId: customerId ?? 0 })
    }
    return null
  }
}

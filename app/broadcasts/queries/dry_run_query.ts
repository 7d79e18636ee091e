import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import type { Language } from '#customers/languages'
import { storedProblem } from '#broadcasts/content/markup_problem'
import { VariantSet } from '#broadcasts/content/variant_set'
import type Broadcast from '#broadcasts/models/broadcast'
import { Pace, type SendingEstimate } from '#broadcasts/pace'
import { AudienceCountQuery, type AudienceCount } from '#broadcasts/queries/audience_count_query'
import { AudienceDifferenceQuery, type AudienceDifference } from '#broadcasts/queries/audience_difference_query'
import { LongestFillQuery } from '#broadcasts/queries/longest_fill_query'
import { SampleQuery, type Sample } from '#broadcasts/queries/sample_query'
import { CAPTION_LIMIT, TEXT_LIMIT, type Variant } from '#broadcasts/values'

export interface VariantLength {
  locale: Language
  variant: Variant
  length: number
  limit: number
  customerId: number | null
}

/** Everything that can be known before anything is sent. */
export interface DryRun {
  count: AudienceCount
  estimate: SendingEstimate
  /** Against an earlier broadcast; null when none was named. */
  difference: AudienceDifference | null
  /** Of the texts that can be sent as they are. */
  lengths: VariantLength[]
  /** Languages whose readers get the default one. */
  fallbacks: Array<{ locale: Language; variant: Variant }>
  /** What three real customers would read. */
  samples: Sample[]
}

@inject()
export class DryRunQuery {
  constructor(
    private count: AudienceCountQuery,
    private difference: AudienceDifferenceQuery,
    private longestFill: LongestFillQuery,
    private samples: SampleQuery,
    private pace: Pace
  ) {}

  async handle(broadcast: Broadcast, comparedTo: number | null = null): Promise<DryRun> {
    const content = await VariantSet.load(db.connection(), broadcast)
    const count = await this.count.handle(broadcast)
    return {
      count,
      estimate: await this.pace.estimate(count.recipients, broadcast),
      difference: comparedTo === null ? null : await this.difference.handle(broadcast, comparedTo),
      lengths: await this.#lengths(broadcast, content),
      fallbacks: content.fallbacks,
      samples: await this.samples.handle(broadcast, content),
    }
  }

  async #lengths(broadcast: Broadcast, content: VariantSet) {
    const lengths: VariantLength[] = []
    for (const { locale, variant, html, mediaKey } of content.variants.filter((text) => !storedProblem(text))) {
      const longest = await this.longestFill.handle(html, broadcast.audience)
      lengths.push({ locale, variant, limit: mediaKey ? CAPTION_LIMIT : TEXT_LIMIT, ...longest })
    }
    return lengths
  }
}

import { inject } from '@adonisjs/core'
import { SegmentSource } from '#core/contracts/segment_source'
import type { NewsCategory } from '#customers/news_categories'
import { checkAudience } from '#broadcasts/audience'
import type { BroadcastInput } from '#broadcasts/input'
import { Pace, type SendingEstimate } from '#broadcasts/pace'
import { AudienceCountQuery, type AudienceCount } from '#broadcasts/queries/audience_count_query'
import { formatNumber } from '#admin/shared/format'
import { words } from '#admin/broadcasts/words'

export interface AudienceFigure {
  label: string
  value: string
  muted: boolean
}

/** Numbers under the audience. */
export interface AudienceFigures {
  figures: AudienceFigure[]
  isNobody: boolean
}

/** Shown only when somebody is left out for it. */
const OPTIONAL = ['banned', 'opted_out', 'had_key'] as const

/** Who will receive it, who is left out and why, how long it takes and what it costs. */
export function audienceFigures(
  count: AudienceCount,
  estimate: SendingEstimate,
  category: NewsCategory
): AudienceFigures {
  const { seconds, perSecond, stars } = estimate
  const figure = (name: string, value: string, muted = false): AudienceFigure => ({
    label: words(`audience_card.${name}`, { category: words(`categories.${category}`).toLowerCase(), rate: perSecond }),
    value,
    muted,
  })
  return {
    isNobody: count.recipients === 0,
    figures: [
      figure('will_receive', formatNumber(count.recipients)),
      figure('unreachable', formatNumber(count.unreachable), true),
      figure('over_cap', formatNumber(count.over_cap), true),
      ...OPTIONAL.filter((name) => count[name] > 0).map((name) => figure(name, formatNumber(count[name]), true)),
      figure(seconds < 3600 ? 'minutes' : 'hours', clock(seconds)),
      ...(stars > 0 ? [figure('stars', formatNumber(stars))] : []),
    ],
  }
}

/** `17:43` minutes, or `3:05` hours. */
function clock(seconds: number) {
  const [large, small] = seconds < 3600 ? [seconds / 60, seconds % 60] : [seconds / 3600, (seconds % 3600) / 60]
  return `${Math.floor(large)}:${String(Math.floor(small)).padStart(2, '0')}`
}

/** Counts the audience of a form; null while it has a mistake. */
@inject()
export class AudienceFigureReader {
  constructor(
    private count: AudienceCountQuery,
    private pace: Pace,
    private segments: SegmentSource
  ) {}

  async read(input: Pick<BroadcastInput, 'audience' | 'category' | 'sendOnceKey' | 'paid'>) {
    if (checkAudience(input.audience, this.segments).length) return null
    const count = await this.count.handle(input)
    return audienceFigures(count, await this.pace.estimate(count.recipients, input), input.category)
  }
}

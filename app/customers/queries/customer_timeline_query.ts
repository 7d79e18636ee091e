import { inject } from '@adonisjs/core'
import { TimelineSource, type TimelineItem } from '#core/contracts/timeline_source'

export interface TimelinePage {
  items: TimelineItem[]
  /** Moment before which there is more, if there is. */
  before: number | null
}

/** Everything that every room knows of a customer, newest first, one page at a time. */
@inject()
export class CustomerTimelineQuery {
  constructor(private source: TimelineSource) {}

  kinds() {
    return [...new Set(this.source.all().map(({ kind }) => kind))]
  }

  async run(customerId: number, { kind, before, limit }: { kind?: string; before: number; limit: number }) {
    const providers = this.source.all().filter((provider) => !kind || provider.kind === kind)
    const found = await Promise.all(providers.map((provider) => provider.items(customerId, before, limit + 1)))
    return pageOf(found.flat(), limit)
  }
}

/** Items of one and the same moment stay on one page, since the next page begins before that moment. */
function pageOf(items: TimelineItem[], limit: number): TimelinePage {
  const sorted = items.sort((one, other) => other.at - one.at)
  const last = sorted[limit - 1]
  if (!last || sorted.length <= limit) return { items: sorted, before: null }
  const shown = sorted.filter(({ at }) => at >= last.at)
  return { items: shown, before: shown.length < sorted.length ? last.at : null }
}

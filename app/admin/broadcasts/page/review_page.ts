import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import { checkAudience } from '#broadcasts/audience'
import { Readiness } from '#broadcasts/content/readiness'
import { VariantSet } from '#broadcasts/content/variant_set'
import type { ScheduleInput } from '#broadcasts/input'
import type Broadcast from '#broadcasts/models/broadcast'
import { DryRunQuery, type DryRun } from '#broadcasts/queries/dry_run_query'
import type { Sample } from '#broadcasts/queries/sample_query'
import { planSchedule } from '#broadcasts/schedule/plan'
import { approvalRequired } from '#broadcasts/settings'
import type { Language } from '#customers/languages'
import { refusalWords } from '#admin/broadcasts/answer'
import { audienceFigures, type AudienceFigures } from '#admin/broadcasts/page/audience_figures'
import { mediaFacts } from '#admin/broadcasts/page/media_facts'
import { samplePreview, type PhonePreview } from '#admin/broadcasts/page/phone_preview'

export interface Review extends Pick<DryRun, 'lengths' | 'difference'> {
  figures: AudienceFigures | null
  /** Why it can't be scheduled as it is. */
  faults: string[]
  /** As real customers would get it. */
  phones: PhonePreview[]
  /** Languages whose readers get the default text. */
  fallbacks: Language[]
  needsApproval: boolean
}

/** The dry run: everything that would happen, before anything does. */
@inject()
export class ReviewPage {
  constructor(
    private clock: Clock,
    private segments: SegmentSource,
    private settings: Settings,
    private readiness: Readiness,
    private dryRun: DryRunQuery
  ) {}

  /** `earlierId` is the broadcast to compare the audience with. */
  async build(broadcast: Broadcast, when: ScheduleInput & { zone: string }, earlierId: number | null): Promise<Review> {
    const isCorrect = checkAudience(broadcast.audience, this.segments).length === 0
    const run = isCorrect ? await this.dryRun.handle(broadcast, earlierId) : null
    return {
      figures: run && audienceFigures(run.count, run.estimate, broadcast.category),
      faults: await this.#faults(broadcast, when, run),
      lengths: run?.lengths ?? [],
      difference: run?.difference ?? null,
      phones: run ? await this.#phones(broadcast, run.samples, when.zone) : [],
      fallbacks: [...new Set((run?.fallbacks ?? []).map(({ locale }) => locale))],
      needsApproval: await this.settings.get(approvalRequired),
    }
  }

  async #faults(broadcast: Broadcast, when: ScheduleInput, run: DryRun | null) {
    const fault = await this.readiness.fault(broadcast)
    const plan = planSchedule(when, this.clock.now())
    return [
      ...(fault ? [refusalWords(fault.refusal)] : []),
      ...(plan.ok ? [] : [refusalWords(plan)]),
      ...(run?.count.recipients === 0 ? [refusalWords({ code: 'empty_audience' })] : []),
    ]
  }

  async #phones(broadcast: Broadcast, samples: Sample[], zone: string) {
    const content = await VariantSet.load(db.connection(), broadcast)
    const media = await mediaFacts(content.variants.flatMap(({ mediaKey }) => mediaKey ?? []))
    return samples.map((sample) => {
      const { buttons, mediaKey } = content.find(sample.locale, sample.variant)!
      const imageUrl = media.get(mediaKey ?? '')?.url ?? null
      return samplePreview({ ...sample, buttons, imageUrl, problem: null }, sample, this.clock.now(), zone)
    })
  }
}

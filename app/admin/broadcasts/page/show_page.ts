import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'
import { VariantSet, type StoredVariant } from '#broadcasts/content/variant_set'
import { EDIT_APPROVAL, textsOf } from '#broadcasts/lifecycle/edit_approval'
import type Broadcast from '#broadcasts/models/broadcast'
import { countFollowUp, countSent } from '#broadcasts/queries/follow_up_query'
import { ProgressQuery, type Tally } from '#broadcasts/queries/progress_query'
import { FailureReasonsQuery, type FailureReason } from '#broadcasts/queries/failure_reasons_query'
import { customerHandle } from '#admin/shared/find_customer'
import { toConditionFields } from '#admin/broadcasts/form/conditions'
import { liveProgress, type LiveProgress } from '#admin/broadcasts/live/live_progress'
import { conditionSentence } from '#admin/broadcasts/page/condition_words'
import { countDeferred } from '#admin/broadcasts/page/deferred'
import { mediaFacts } from '#admin/broadcasts/page/media_facts'
import { phonePreview, storedContent, type PhonePreview } from '#admin/broadcasts/page/phone_preview'
import { stepsOf, type Step } from '#admin/broadcasts/page/steps'
import { words } from '#admin/broadcasts/words'

type Phone = PhonePreview & { side: string | null }

/** What the page of a broadcast shows. */
export interface ShownBroadcast {
  broadcast: Broadcast
  steps: Step[]
  progress: LiveProgress
  deferred: number
  /** The audience in sentences. */
  audience: string[]
  authors: { created: string | null; approved: string | null }
  phones: Phone[]
  /** Texts that a second admin is asked to agree to. */
  proposed: Phone[]
  /** Sides of an A/B test, as they have done so far. */
  sides: Array<[variant: string, tally: Tally]>
  /** Why some did not get it, once it is through. */
  reasons: FailureReason[]
  /** How many messages each follow-up would concern; 0 when it makes no sense. */
  followUps: { retry: number; resend: number; unsend: number; edit: number }
}

const THROUGH = ['completed', 'cancelled']

@inject()
export class ShowPage {
  constructor(
    private clock: Clock,
    private segments: SegmentSource,
    private progress: ProgressQuery,
    private reasons: FailureReasonsQuery
  ) {}

  async build(broadcast: Broadcast, zone: string): Promise<ShownBroadcast> {
    const progress = await this.progress.handle(broadcast.id)
    const isThrough = THROUGH.includes(broadcast.status)
    return {
      broadcast,
      steps: stepsOf(broadcast),
      progress: liveProgress(progress!, { broadcast, now: this.clock.now() }),
      deferred: broadcast.status === 'sending' ? await countDeferred(broadcast.id) : 0,
      audience: await this.#audience(broadcast),
      authors: { created: await nameOf(broadcast.createdBy), approved: await nameOf(broadcast.approvedBy) },
      phones: await this.#phones(broadcast, await sentTexts(broadcast), zone),
      proposed: isThrough ? await this.#phones(broadcast, await proposedTexts(broadcast), zone) : [],
      sides: broadcast.isTest ? Object.entries(progress!.sendsByVariant) : [],
      reasons: isThrough ? await this.reasons.handle(broadcast.id) : [],
      followUps: await this.#followUps(broadcast),
    }
  }

  async #audience({ audience }: Broadcast): Promise<string[]> {
    if (audience.kind === 'all') return [words('audience.all')]
    if (audience.kind === 'customer') return [await customerHandle(audience.customerId)]
    return audience.conditions.map((condition) => conditionSentence(this.segments, toConditionFields(condition)))
  }

  async #phones(broadcast: Broadcast, texts: StoredVariant[], zone: string): Promise<Phone[]> {
    const media = await mediaFacts(texts.flatMap(({ mediaKey }) => mediaKey ?? []))
    const at = broadcast.startedAt ?? broadcast.scheduledAt ?? this.clock.now()
    return texts.map((text) => {
      const preview = phonePreview(storedContent(text, media), null, at, zone)
      return { ...preview, side: broadcast.isTest ? text.variant : null }
    })
  }

  async #followUps({ id, status }: Broadcast) {
    const now = this.clock.now()
    if (!THROUGH.includes(status)) return { retry: 0, resend: 0, unsend: 0, edit: 0 }
    return {
      retry: await countFollowUp('retry', id, now),
      resend: await countFollowUp('resend', id, now),
      unsend: await countFollowUp('unsend', id, now),
      edit: await countSent('edit', id, now),
    }
  }
}

async function sentTexts(broadcast: Broadcast): Promise<StoredVariant[]> {
  const { variants } = await VariantSet.load(db.connection(), broadcast)
  return variants
}

async function proposedTexts({ id }: Broadcast): Promise<StoredVariant[]> {
  const request = await Approval.query()
    .where({ action: EDIT_APPROVAL, subject_type: 'broadcast', subject_id: String(id), status: 'pending' })
    .first()
  return request ? textsOf(request) : []
}

async function nameOf(adminId: number | null) {
  const admin = adminId === null ? null : await Admin.find(adminId)
  return admin?.fullName ?? null
}
